// SPDX-License-Identifier: GPL-3.0-or-later
//
// SynonymStore: the synonym sets of a data directory, in the file `synonym_sets.json`. A change is
// durable when its function returns, and every later search sees it. Thread safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/status.h"
#include "query/synonyms.h"

namespace aisle {

class SynonymStore {
 public:
  // Reads the file if it is there. DataLoss if it is none of ours.
  static absl::StatusOr<std::unique_ptr<SynonymStore>> Open(const std::string& data_dir);

  // Never nullptr.
  std::shared_ptr<const Synonyms> Current() const;
  // Grows with each change.
  uint64_t version() const;
  // Adds the set, or replaces that of its name.
  absl::Status Put(SynonymSet set);
  // The set as it was; NotFound if there is none.
  absl::StatusOr<SynonymSet> Remove(std::string_view name);

 private:
  explicit SynonymStore(std::string path) : path_(std::move(path)) {}
  // REQUIRES: change_mutex_ is held.
  absl::Status Replace(std::vector<SynonymSet> sets);

  const std::string path_;
  std::mutex change_mutex_;   // held while a change is written
  mutable std::mutex mutex_;  // guards the two below, held for moments
  std::shared_ptr<const Synonyms> current_ =
      std::make_shared<const Synonyms>(std::vector<SynonymSet>());
  uint64_t version_ = 0;
};

}  // namespace aisle
