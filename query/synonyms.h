// SPDX-License-Identifier: GPL-3.0-or-later
//
// Synonyms: words that mean the same to the shoppers of a shop, in named sets. They are looked up
// when a query is planned, so that a change needs no index.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "core/json.h"
#include "core/status.h"
#include "text/analyzer.h"

namespace aisle {

struct Synonym {
  std::string id;
  // One-way: who asks for `root` finds the synonyms, not the other way round. Empty: each finds all
  // others.
  std::string root;
  std::vector<std::string> synonyms;  // one or several words each
};

struct SynonymSet {
  std::string name;
  std::vector<Synonym> items;

  // {"items": [{"id", "synonyms": [...], "root"}]}. InvalidArgument names the member, its value and
  // what is allowed.
  static absl::StatusOr<SynonymSet> FromJson(std::string_view name, const Json& json);
  Json ToJson() const;
};

// Immutable; thread safe.
class Synonyms {
 public:
  using Set = SynonymSet;

  explicit Synonyms(std::vector<SynonymSet> sets) : sets_(std::move(sets)) {}

  const std::vector<SynonymSet>& sets() const { return sets_; }

  // What means the same as the first words of `words` (surfaces), as many of them as possible.
  // Other forms of the words count as they do ("couches" as "couch").
  struct Match {
    size_t words = 0;                // that are meant; 0: there is no synonym
    std::vector<std::string> texts;  // each once
  };
  // `names`: the sets that count; empty: all.
  Match Find(std::span<const std::string> words, std::span<const std::string> names,
             const Analyzer& analyzer) const;

 private:
  struct Entry {
    const SynonymSet* set;
    std::string text;
  };
  // What is found for the families of some words, in one locale.
  struct Table {
    absl::flat_hash_map<std::string, std::vector<Entry>> entries;
    size_t words_max = 0;
  };
  const Table& TableFor(const Analyzer& analyzer) const;
  static void AddEntry(const SynonymSet& set, const std::string& from, const std::string& to,
                       const Analyzer& analyzer, Table* table);

  const std::vector<SynonymSet> sets_;
  mutable std::shared_mutex mutex_;                                          // guards tables_
  mutable std::map<std::string_view, std::unique_ptr<const Table>> tables_;  // by locale
};

}  // namespace aisle
