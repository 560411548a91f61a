// SPDX-License-Identifier: GPL-3.0-or-later
//
// WordCounts: how often words stand in the live products of a search, alone and together, for those
// who have to guess which word is meant (query/spelling.h). The same in every layout of storage.
// One object per request; not thread safe. The plan must outlive it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "query/word_plan.h"

namespace aisle {

class WordCounts {
 public:
  // REQUIRES: snapshot and fields of the plan, with their weights.
  explicit WordCounts(const WordPlan& plan);

  // In how many products the word stands or, if more have it, its stem; one that has it in long
  // texts only counts less.
  double Frequency(TermId term) const;
  double Frequency(std::string_view word) const;
  // Whether more than `few` products have the term in a searched field.
  bool HasMoreThan(uint64_t few, TermId term) const;
  bool IsKnown(TermId term) const { return HasMoreThan(0, term); }
  // Whether products have the word as it is: other than "oper", the stem of "operate" and
  // "operation", which stands in the dictionary of terms too.
  bool IsWord(TermId term) const;
  // How many products have all `words` in fields that are no long texts. The rarest of the words
  // decides what it costs; where that is a frequent one, what is likely is told.
  double Together(std::span<const PlannedWord* const> words) const;
  // What part of the products has the word, about.
  double Share(const PlannedWord& word) const;
  // Whether a product has all `words`, but for beginnings that many words have.
  bool HaveAll(std::span<const PlannedWord> words) const;

 private:
  // The same without its stem.
  double PlainFrequency(TermId term) const;
  bool IsStem(TermId term, const Analyzer& analyzer) const;

  const WordPlan& plan_;
  uint32_t fields_ = 0;        // bits of the searched fields
  uint32_t short_fields_ = 0;  // of those that weigh more than the least
  uint32_t all_fields_ = 0;    // of the schema
};

}  // namespace aisle
