// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts the facets of a search over the matches of all segments: each over all matches, or over
// those that the facet's own selection, lifted, would let in (query/search_plan.h).
#pragma once

#include <vector>

#include "core/status.h"
#include "facets/facet_result.h"
#include "query/search_plan.h"
#include "query/segment_search.h"

namespace aisle {

// The results in the order of plan.facets. `segments`: those of plan.snapshot.
absl::StatusOr<std::vector<FacetResult>> CountFacets(const SearchPlan& plan,
                                                     const std::vector<SegmentSearch>& segments);

}  // namespace aisle
