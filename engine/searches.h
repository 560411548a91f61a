// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searches: answers what is asked of collections, from what is kept of earlier answers where that
// may be. Thread safe; searches never wait for each other.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "engine/collection.h"
#include "engine/collection_search.h"
#include "engine/response_cache.h"
#include "engine/shared_response.h"
#include "engine/vocabulary_store.h"
#include "query/search_request.h"
#include "query/search_response.h"
#include "query/suggestion_parts.h"

namespace aisle {

class Searches {
 public:
  struct Options {
    uint64_t response_cache_bytes = 0;
    // A search that matches much is shared with an idle core while no other search is under way.
    bool splits_large = false;
  };
  using FindCollection =
      std::function<absl::StatusOr<std::shared_ptr<Collection>>(std::string_view name)>;
  // `vocabulary` must outlive this.
  Searches(const Options& options, VocabularyStore* vocabulary, FindCollection find);

  // As in engine/engine.h.
  absl::StatusOr<SharedResponse<SearchResponse>> Search(std::string_view collection,
                                                        const SearchRequest& request);
  std::vector<absl::StatusOr<SharedResponse<SearchResponse>>> SearchAll(
      std::span<const absl::StatusOr<CollectionSearch>> searches);
  absl::StatusOr<SharedResponse<SuggestResponse>> Suggest(std::string_view collection,
                                                          const SuggestRequest& request);

  // Of the cache of answers.
  ResponseCache::Statistics statistics() const { return responses_.statistics(); }

 private:
  // From how many matches on a search that is under way is shared with another core.
  uint64_t split_matches_min() const;

  const Options options_;
  VocabularyStore* const vocabulary_;
  const FindCollection find_;
  ResponseCache responses_;
  SuggestionCache suggestions_;
  std::atomic<uint32_t> under_way_ = 0;
};

}  // namespace aisle
