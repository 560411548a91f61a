// SPDX-License-Identifier: GPL-3.0-or-later
//
// ResponseCache: whole answers, by the request and the snapshot that gave them: a changed
// collection has another snapshot, so no answer is ever stale. Thread safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "core/lru_cache.h"
#include "core/status.h"
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
  // The response to `request`, from the cache if it may come from there; `make()` makes it, as a
  // StatusOr.
  template <typename Response, typename Request, typename Make>
  absl::StatusOr<Response> FindOrMake(const Request& request, uint64_t snapshot,
                                      uint64_t vocabulary, const Make& make) {
    if (!Wants(request)) return make();
    const auto start = std::chrono::steady_clock::now();
    const std::string key = KeyOf(request, snapshot, vocabulary);
    if (const auto known = Find(key)) {
      Response response = std::get<Response>(*known);
      const std::chrono::duration<double, std::milli> elapsed =
          std::chrono::steady_clock::now() - start;
      response.search_time_ms = elapsed.count();
      return response;
    }
    absl::StatusOr<Response> made = make();
    if (made.ok()) Add(key, std::make_shared<const CachedResponse>(*made), BytesOf(*made));
    return made;
  }

  // What the request says, else whether so few letters are typed that many shoppers type them.
  static bool Wants(const SearchRequest& request) { return request.use_cache; }
  static bool Wants(const SuggestRequest& request);
  // What a response takes in memory, about.
  static size_t BytesOf(const SearchResponse& response);
  static size_t BytesOf(const SuggestResponse& response);
};

}  // namespace aisle
