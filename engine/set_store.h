// SPDX-License-Identifier: GPL-3.0-or-later
//
// SetStore: the named sets of one kind of a data directory, in one file: synonym sets in
// `synonym_sets.json`, stop words in `stopwords.json`. A change is durable when its function
// returns, and every later search sees it. Thread safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/status.h"
#include "query/stop_words.h"
#include "query/synonyms.h"

namespace aisle {

// `Sets` is an immutable list of `Sets::Set`, which is read from JSON and has a name.
template <typename Sets>
class SetStore {
 public:
  using Set = typename Sets::Set;

  // Reads the file if it is there. DataLoss if it is none of ours.
  static absl::StatusOr<std::unique_ptr<SetStore>> Open(const std::string& data_dir);

  // Never nullptr.
  std::shared_ptr<const Sets> Current() const;
  // Grows with each change.
  uint64_t version() const;
  // NotFound if there is none.
  absl::StatusOr<Set> Get(std::string_view name) const;
  // Adds the set, or replaces that of its name.
  absl::Status Put(Set set);
  // The set as it was; NotFound if there is none.
  absl::StatusOr<Set> Remove(std::string_view name);

 private:
  explicit SetStore(std::string path) : path_(std::move(path)) {}
  // REQUIRES: change_mutex_ is held.
  absl::Status Replace(std::vector<Set> sets);

  const std::string path_;
  std::mutex change_mutex_;   // held while a change is written
  mutable std::mutex mutex_;  // guards the two below, held for moments
  std::shared_ptr<const Sets> current_ = std::make_shared<const Sets>(std::vector<Set>());
  uint64_t version_ = 0;
};

using SynonymStore = SetStore<Synonyms>;
using StopWordStore = SetStore<StopWords>;

}  // namespace aisle
