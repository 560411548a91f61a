// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same answer as a collector's, found the slow and obvious way.
#pragma once

#include <vector>

#include "tests/facets/random_facet.h"

namespace aisle {

FacetResult NaiveCount(const FacetRequest& request, const Field& field,
                       const std::vector<FacetDocument>& documents);

}  // namespace aisle
