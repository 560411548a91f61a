// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stop words: words that say nothing of what a shopper of a shop is looking for ("the", "for"), in
// named sets. A search names the set that counts for it; they are looked up when a query is
// planned, so that a change needs no index.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_set.h>

#include "core/json.h"
#include "core/status.h"
#include "text/analyzer.h"

namespace aisle {

struct StopWordSet {
  std::string name;                // "id" in JSON
  std::vector<std::string> words;  // one or several words each
  std::string locale;              // by which they are analysed; empty: that of the field searched

  // {"stopwords": [...], "locale": "en"}. InvalidArgument names the member, its value and what is
  // allowed.
  static absl::StatusOr<StopWordSet> FromJson(std::string_view name, const Json& json);
  Json ToJson() const;
};

// Immutable; thread safe.
class StopWords {
 public:
  using Set = StopWordSet;

  explicit StopWords(std::vector<StopWordSet> sets) : sets_(std::move(sets)) {}

  const std::vector<StopWordSet>& sets() const { return sets_; }

  // How a text reads without its stop words.
  struct Reading {
    std::string text;
    std::vector<std::string> left_out;  // normalised, in the order of the text
  };
  struct Options {
    bool is_unfinished = false;  // the last word may be the beginning of another: it stays
    bool may_be_empty = false;   // else a text of nothing but stop words stays as it is
  };
  // `set`: one of sets(). A word counts as the analyzer normalises it; its other forms are other
  // words. What is written together with another word ("a-line") stays.
  Reading LeaveOut(const StopWordSet& set, std::string_view text, const Options& options,
                   const Analyzer& analyzer) const;

 private:
  // The entries of a set as one analyzer reads them: normalised words, joined by spaces.
  struct Table {
    absl::flat_hash_set<std::string> entries;
    size_t words_max = 0;
  };
  const Table& TableFor(const StopWordSet& set, const Analyzer& analyzer) const;

  const std::vector<StopWordSet> sets_;
  mutable std::shared_mutex mutex_;  // guards tables_
  // By set and locale.
  mutable std::map<std::pair<const StopWordSet*, std::string_view>, std::unique_ptr<const Table>>
      tables_;
};

}  // namespace aisle
