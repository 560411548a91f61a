// SPDX-License-Identifier: GPL-3.0-or-later
//
// The slow, obvious answer: a scan over all documents, with no index, no column and no parsed
// filter. Shares only the analyzer with the product, which has tests of its own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/json.h"
#include "tests/laws/random_catalog.h"

namespace aisle {

struct NaiveAnswer {
  // Ids of the matches in the order of the search's sort keys, then of `documents`. Without sort
  // keys the order says nothing.
  std::vector<std::string> ids;
  // Products by value for each text, number and boolean facet, each with the facet's own selection
  // lifted.
  std::map<std::string, std::map<std::string, uint64_t>> counts;
};

// `documents` in the order of first insertion.
NaiveAnswer NaiveSearch(const std::vector<Json>& documents, const RandomSearch& search);

}  // namespace aisle
