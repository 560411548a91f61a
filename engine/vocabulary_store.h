// SPDX-License-Identifier: GPL-3.0-or-later
//
// VocabularyStore: the sets of words that people keep for the searches of a data directory. Thread
// safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/status.h"
#include "engine/set_store.h"
#include "query/vocabulary.h"

namespace aisle {

class VocabularyStore {
 public:
  // DataLoss if a file is none of ours.
  static absl::StatusOr<std::unique_ptr<VocabularyStore>> Open(const std::string& data_dir);

  SynonymStore& synonyms() { return *synonyms_; }
  StopWordStore& stop_words() { return *stop_words_; }

  Vocabulary Current() const { return {synonyms_->Current(), stop_words_->Current()}; }
  // Grows with each change. Read before Current(), it is never newer than what that returns.
  uint64_t version() const { return synonyms_->version() + stop_words_->version(); }

 private:
  VocabularyStore(std::unique_ptr<SynonymStore> synonyms, std::unique_ptr<StopWordStore> stop_words)
      : synonyms_(std::move(synonyms)), stop_words_(std::move(stop_words)) {}

  const std::unique_ptr<SynonymStore> synonyms_;
  const std::unique_ptr<StopWordStore> stop_words_;
};

}  // namespace aisle
