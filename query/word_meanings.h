// SPDX-License-Identifier: GPL-3.0-or-later
//
// WordMeanings: what a word of a query may have been meant to be, the likeliest first, by a noisy
// channel: the product of how likely it is to be written so (text/edit_likelihood.h) and of what
// the catalog says often, alone and with the words beside it (query/word_counts.h). One object per
// request; not thread safe. Lookup and plan must outlive it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/word_counts.h"
#include "query/word_plan.h"

namespace aisle {

struct Meaning {
  std::vector<std::string> texts;  // one word, or the two of which it is made
  double likelihood = 0;           // that it is written so
  double score = 0;                // that it is meant; comparable for the same words beside it
};

class WordMeanings {
 public:
  // `typos_max`: 1 or 2 edits.
  WordMeanings(int typos_max, const WordLookup& lookup, const WordPlan& plan)
      : typos_max_(typos_max), lookup_(lookup), plan_(plan), counts_(plan) {}

  const WordCounts& counts() const { return counts_; }
  // Whether products have what the word stands for.
  bool IsKnown(const PlannedWord& word) const;
  // Whether products have the word as it is written.
  bool IsWord(std::string_view text) const;
  // Whether one is a form of the other.
  bool AreForms(std::string_view a, std::string_view b) const;
  // The word without its continuations; nullopt: nothing is left.
  static std::optional<PlannedWord> CoreOf(const PlannedWord& word);
  // Those of the words beside the one at `place` that products have.
  std::vector<PlannedWord> Beside(size_t place) const;
  // How often the catalog says `texts` and `others` together, what it never says being likely too.
  double Occurrence(const std::vector<std::string>& texts,
                    std::span<const PlannedWord> others) const;

  // Every word within the edits, however short `text` is (at most 50), the likeliest on its own
  // first.
  std::vector<Meaning> All(const std::string& text) const;

  // These are not yet compared with what stands beside `text`: words a few edits away, ...
  std::vector<Meaning> Neighbours(const std::string& text, int edits_max = 2) const;
  // ... words of which it is a plain form ("blower" of "blowers"), ...
  std::vector<Meaning> Forms(const std::string& text) const;
  // ... the two words of which it is made, ...
  std::optional<Meaning> Split(const std::string& text) const;
  // ... and the two of which it would be made if one of them were not mistyped ("cablrail").
  std::vector<Meaning> SplitMistyped(const std::string& text) const;

  // The two words of a word that products have, if more products have these together.
  std::optional<std::pair<std::string, std::string>> SplitKnown(const std::string& text) const;

  // The few that are likely with `others` beside them, the likeliest first.
  std::vector<Meaning> Likeliest(std::vector<Meaning> meanings,
                                 std::span<const PlannedWord> others) const;

 private:
  const Dictionary& terms() const { return plan_.snapshot->dictionaries->terms(); }
  PlannedWord WordOf(const std::string& text) const;

  const int typos_max_;
  const WordLookup& lookup_;
  const WordPlan& plan_;
  const WordCounts counts_;
};

// Whether all but the last letter are the same: "wipe", "wiper" and "wipes" are words of their own.
bool DifferAtTheEnd(std::string_view a, std::string_view b);

bool HasDigit(std::string_view word);
// Characters, not bytes.
size_t LettersIn(std::string_view word);

}  // namespace aisle
