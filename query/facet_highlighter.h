// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "facets/facet_result.h"
#include "query/highlighter.h"
#include "query/search_response.h"

namespace aisle {

// The facet with the words of `text` marked in each value; an empty text marks nothing.
FacetCounts HighlightFacet(FacetResult result, std::string_view text,
                           const HighlightOptions& options);

}  // namespace aisle
