// SPDX-License-Identifier: GPL-3.0-or-later
//
// WordLookup: from a text to its words and the terms that each may stand for: the word itself, its
// stem or its other forms, a continuation if it is unfinished, and what it makes with its
// neighbours when joined ("64 GB" is "64gb", text/joined_words.h). One for each request; not thread
// safe. What it is made from must outlive it.
#pragma once

#include <string_view>
#include <vector>

#include "indexer/snapshot.h"
#include "query/query_words.h"

namespace aisle {

struct PlannedWord {
  QueryWord word;
  std::vector<TermAlternative> terms;
  bool is_in_phrase = false;  // of a phrase, which every hit has
  bool is_repeated = false;   // the word before was made of the same word of the query
};

class WordLookup {
 public:
  // `word_forms`: whether other forms count.
  WordLookup(const Snapshot& snapshot, const std::vector<SearchedField>& fields, bool word_forms)
      : snapshot_(snapshot), fields_(fields), word_forms_(word_forms) {}

  // `prefix` as for AnalyzeQuery().
  std::vector<PlannedWord> Find(std::string_view text, bool prefix) const;
  // Adds to `word` what `other` may stand for, at a cost.
  static void AddAll(const PlannedWord& other, float factor, PlannedWord* word);

 private:
  void AddJoined(std::string_view text, std::vector<PlannedWord>* words) const;

  const Snapshot& snapshot_;
  const std::vector<SearchedField>& fields_;
  const bool word_forms_;
};

}  // namespace aisle
