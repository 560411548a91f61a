// SPDX-License-Identifier: GPL-3.0-or-later
//
// NumberOrder: the order of a segment's matches by a number column, and which of them may be among
// the first. Where many match, documents are looked at in that order until enough of them match;
// else the matches are looked at one after the other, most by one byte of theirs.
#pragma once

#include <cstdint>

#include "facets/matches.h"
#include "facets/number_column.h"
#include "query/filter.h"
#include "query/top_hits.h"

namespace aisle {

struct NumberOrder {
  bool descending = false;
  double missing = 0;                     // the rank of a match without a value
  const Filter::Range* within = nullptr;  // each match has a value in it; nullptr: anywhere
};

// Adds to `top` at least all matches of segment `segment` that may be among the first by their
// first value in `column`, T being int64_t or double. A rank is the value, or its negative where
// the order ascends. Whole numbers beyond 2^53 may rank the same and differ: they are ties then.
template <typename T>
void AddByNumbers(const NumberColumn<T>& column, const Matches& matches, const NumberOrder& order,
                  uint32_t segment, TopHits* top);

}  // namespace aisle
