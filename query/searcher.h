// SPDX-License-Identifier: GPL-3.0-or-later
//
// A search from request to answer. Start reading here; the steps are PlanSearch
// (query/search_plan.h), ExecuteOnMemory (query/memory_executor.h) and HitBuilder
// (query/hit_builder.h). Thread safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "indexer/snapshot.h"
#include "query/hit_order.h"
#include "query/search_request.h"
#include "query/search_response.h"
#include "query/shared_words.h"
#include "query/vocabulary.h"

namespace aisle {

// `split_matches_min`: as ExecutionOptions has it.
absl::StatusOr<SearchResponse> Search(const SearchRequest& request,
                                      std::shared_ptr<const Snapshot> snapshot,
                                      Vocabulary vocabulary = {},
                                      uint64_t split_matches_min = UINT64_MAX);
// The same on the snapshot of `shared`, with what it knows of the words; `request` is one of its
// requests.
absl::StatusOr<SearchResponse> Search(const SearchRequest& request, SharedWords* shared);

// All documents that `filter_by` matches, in the order of first insertion; places in `snapshot`.
absl::StatusOr<std::vector<Candidate>> FindAll(std::string_view filter_by,
                                               const std::shared_ptr<const Snapshot>& snapshot);

}  // namespace aisle
