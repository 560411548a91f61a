// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/vocabulary_store.h"

#include <utility>

namespace aisle {

absl::StatusOr<std::unique_ptr<VocabularyStore>> VocabularyStore::Open(
    const std::string& data_dir) {
  ASSIGN_OR_RETURN(auto synonyms, SynonymStore::Open(data_dir));
  ASSIGN_OR_RETURN(auto stop_words, StopWordStore::Open(data_dir));
  return std::unique_ptr<VocabularyStore>(
      new VocabularyStore(std::move(synonyms), std::move(stop_words)));
}

}  // namespace aisle
