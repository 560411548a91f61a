// SPDX-License-Identifier: GPL-3.0-or-later
//
// ResponseCache: whole answers, by the request and the snapshot that gave them: a changed
// collection has another snapshot, so no answer is ever stale. Thread safe.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/lru_cache.h"
#include "query/search_request.h"
#include "query/search_response.h"

namespace aisle {

using CachedResponse = std::variant<SearchResponse, SuggestResponse>;

class ResponseCache : public LruCache<CachedResponse> {
 public:
  // Of all entries together; 0 keeps none.
  explicit ResponseCache(size_t bytes_max);

  // `snapshot`: Snapshot::number; `vocabulary`: VocabularyStore::version(). Requests that ask the
  // same have the same key.
  static std::string KeyOf(const SearchRequest& request, uint64_t snapshot,
                           uint64_t vocabulary = 0);
  static std::string KeyOf(const SuggestRequest& request, uint64_t snapshot,
                           uint64_t vocabulary = 0);
  // What the request says, else whether so few letters are typed that many shoppers type them.
  static bool Wants(const SearchRequest& request) { return request.use_cache; }
  static bool Wants(const SuggestRequest& request);
  // What a response takes in memory, about.
  static size_t BytesOf(const SearchResponse& response);
  static size_t BytesOf(const SuggestResponse& response);
};

}  // namespace aisle
