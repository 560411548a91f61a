// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facets/doc_set.h"
#include "indexer/snapshot.h"
#include "query/filter.h"

namespace aisle {

// The documents of one segment that `filter` accepts, live or not. `filter` was parsed by the
// snapshot's schema; a segment that is older than a field has no values for it. Thread safe.
DocSet EvaluateFilter(const Filter& filter, const SegmentView& view, const Snapshot& snapshot);

}  // namespace aisle
