// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs a plan on the memory indexes of its snapshot: the product's executor.
// (query/xapian_executor.h runs the same plan on Xapian's matcher, as an oracle for tests.)
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/status.h"
#include "facets/facet_result.h"
#include "query/hit_order.h"
#include "query/partial_match.h"
#include "query/search_plan.h"
#include "query/shared_matches.h"

namespace aisle {

struct SearchOutcome {
  std::vector<Candidate> page;  // the hits asked for, in order
  uint64_t found = 0;
  std::vector<size_t> dropped;      // words of the plan that hits may lack
  std::vector<FacetResult> facets;  // by SearchPlan::facets
  // By which documents lack words; nullptr: they have all.
  std::shared_ptr<const PartialRule> rule;
};

struct ExecutionOptions {
  // What is known already of the plan's words (query/shared_matches.h); nullptr: nothing.
  SharedMatches* shared = nullptr;
  // From so many matches on facets and page are found by two cores at once. Steps that a helper
  // (core/worker_pool.h) does not take in time are done here.
  uint64_t split_matches_min = UINT64_MAX;
};

// InvalidArgument if a facet's options do not fit its field.
absl::StatusOr<SearchOutcome> ExecuteOnMemory(const SearchPlan& plan,
                                              const ExecutionOptions& options = {});

}  // namespace aisle
