// SPDX-License-Identifier: GPL-3.0-or-later
//
// ResponseCache: whole answers, by the request and the snapshot that gave them: a changed
// collection has another snapshot, so no answer is ever stale. Thread safe.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "core/lru_cache.h"
#include "core/status.h"
#include "engine/shared_response.h"
#include "query/search_request.h"
#include "query/search_response.h"

namespace aisle {

struct CachedResponse {
  template <typename Response>
  explicit CachedResponse(Response made) : response(std::move(made)) {}

  const std::variant<SearchResponse, SuggestResponse> response;
  mutable WrittenResponse written;
};

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
  absl::StatusOr<SharedResponse<Response>> FindOrMake(const Request& request, uint64_t snapshot,
                                                      uint64_t vocabulary, const Make& make) {
    const auto start = std::chrono::steady_clock::now();
    const bool is_kept = Wants(request);
    const std::string key = is_kept ? KeyOf(request, snapshot, vocabulary) : std::string();
    auto cached = is_kept ? Find(key) : nullptr;
    if (cached == nullptr) {
      ASSIGN_OR_RETURN(Response made, make());
      const size_t bytes = is_kept ? BytesOf(made) : 0;
      cached = std::make_shared<const CachedResponse>(std::move(made));
      if (is_kept) Add(key, cached, bytes);
    }
    SharedResponse<Response> answer;
    answer.response = {cached, &std::get<Response>(cached->response)};
    if (is_kept) answer.written = {cached, &cached->written};
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;
    answer.search_time_ms = std::round(elapsed.count() * 1000) / 1000;  // no clock is better
    return answer;
  }

  // What the request says, else whether so few letters are typed that many shoppers type them.
  static bool Wants(const SearchRequest& request) { return request.use_cache; }
  static bool Wants(const SuggestRequest& request);
  // What a response takes in memory with its text, about.
  static size_t BytesOf(const SearchResponse& response);
  static size_t BytesOf(const SuggestResponse& response);
};

}  // namespace aisle
