// SPDX-License-Identifier: GPL-3.0-or-later
//
// FacetCollector: counts one facet over the matches of all segments. Sets in, counts out: it knows
// no query. Counts are of documents: a value counts once for a document, however often it stands
// there. One for each facet and search; not thread safe.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "core/schema.h"
#include "core/status.h"
#include "facets/code_tally.h"
#include "facets/column.h"
#include "facets/facet_request.h"
#include "facets/facet_result.h"
#include "facets/matches.h"
#include "facets/value_dictionary.h"

namespace aisle {

class FacetCollector {
 public:
  // `dictionary`: that of the field if it is text, else nullptr; it must outlive the collector.
  // InvalidArgument when the request does not fit the field, such as ranges of a text, or asks for
  // more than core/limits.h allows.
  static absl::StatusOr<std::unique_ptr<FacetCollector>> Create(FacetRequest request,
                                                                const Field& field,
                                                                const ValueDictionary* dictionary);
  virtual ~FacetCollector() = default;

  // The matches of one segment. Both must live until Finish(). monostate: the segment has no such
  // column.
  // `tally`: of a column of ordinals, what is known of its codes.
  virtual void Collect(const AnyColumn& column, const Matches& matches,
                       const CodeTally& tally = {}) = 0;
  // Counts and answers; called once.
  virtual FacetResult Finish() = 0;
};

}  // namespace aisle
