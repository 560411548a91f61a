// SPDX-License-Identifier: GPL-3.0-or-later
//
// SearchBasis: what the answer to a search depends on beside the request. A plain value.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "engine/collection.h"
#include "engine/vocabulary_store.h"
#include "query/shared_words.h"

namespace aisle {

struct SearchBasis {
  SearchBasis(const Collection& collection, const VocabularyStore& store)
      : version(store.version()),
        snapshot(collection.index().snapshot()),
        vocabulary(store.Current()) {}

  // Of the vocabulary. Read first: an answer may know later sets of words than its key says, never
  // earlier ones.
  const uint64_t version;
  const std::shared_ptr<const Snapshot> snapshot;
  const Vocabulary vocabulary;
};

// The same for the searches of one collection among those that are asked at once.
struct BasisOfSeveral {
  BasisOfSeveral(SearchBasis on, std::span<const SearchRequest* const> requests)
      : basis(std::move(on)), words(basis.snapshot, basis.vocabulary, requests) {}

  const SearchBasis basis;
  SharedWords words;
};

}  // namespace aisle
