// SPDX-License-Identifier: GPL-3.0-or-later
//
// The language of `facet_by`: facet fields with commas between, each with options in parentheses.
//
//   brand(sort_by:alpha)                 values by name; the default is `count`
//   tags(operator:and)                   the facet's own selection is not lifted when it is counted
//   price(low:[0,50],high:[50,])         labelled ranges: from inclusive, to exclusive, or left out
//   price(histogram:24)                  buckets of equal width
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/schema.h"
#include "core/status.h"
#include "facets/facet_request.h"

namespace aisle {

// Blank text has no facets. `limit`, `selected` and `accepts` of a request are left at their
// defaults. InvalidArgument names the column and the field and lists what is allowed. Thread safe.
absl::StatusOr<std::vector<FacetRequest>> ParseFacets(std::string_view facet_by,
                                                      const Schema& schema);

struct FacetQuery {
  std::string field;
  std::string text;  // may be empty

  friend bool operator==(const FacetQuery&, const FacetQuery&) = default;
};

// `facet_query`: "brand:ni". InvalidArgument if there is no colon or no facet field before it.
absl::StatusOr<FacetQuery> ParseFacetQuery(std::string_view facet_query, const Schema& schema);

}  // namespace aisle
