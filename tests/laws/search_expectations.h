// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searches as tests of laws make them, and what they compare.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "indexer/snapshot.h"
#include "query/search_response.h"
#include "tests/laws/random_catalog.h"

namespace aisle {

// Expects that the search succeeds.
SearchResponse MustSearch(const SearchRequest& request,
                          const std::shared_ptr<const Snapshot>& snapshot);
std::vector<std::string> IdsOf(const SearchResponse& response);
// For SCOPED_TRACE.
std::string Describe(const RandomSearch& search);
// Expects the matches, their order and the counts of a naive scan over `documents`, which are in
// the order of first insertion.
void ExpectAsNaive(const std::vector<Json>& documents, const RandomSearch& search,
                   const std::shared_ptr<const Snapshot>& snapshot);

}  // namespace aisle
