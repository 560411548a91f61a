// SPDX-License-Identifier: GPL-3.0-or-later
//
// CodeRange: neighbouring codes of a number column whose codes are ordered as its values are. Plain
// values.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "facets/number_column.h"
#include "query/filter.h"

namespace aisle {

// Codes first..last; empty if first > last.
struct CodeRange {
  uint64_t first = 0;
  uint64_t last = UINT64_MAX;

  bool is_empty() const { return first > last; }
  bool Has(uint64_t code) const { return code >= first && code <= last; }
  CodeRange And(const CodeRange& other) const {
    return {std::max(first, other.first), std::min(last, other.last)};
  }
  friend bool operator==(const CodeRange&, const CodeRange&) = default;
};

// The first of the codes 0..largest that is not `before`, as all that follow are not. REQUIRES: the
// largest is not.
template <typename Before>
uint64_t FirstCode(uint64_t largest, const Before& before) {
  uint64_t low = 0, high = largest;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (before(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Of the codes 0..largest those that are neither `below`, as the first ones may be, nor `above`, as
// the last ones may.
template <typename Below, typename Above>
CodeRange CodesBetween(uint64_t largest, const Below& below, const Above& above) {
  if (below(largest) || above(0)) return {1, 0};
  CodeRange codes{FirstCode(largest, below), largest};
  if (above(largest)) {
    codes.last = FirstCode(largest, [&](uint64_t code) { return !above(code); }) - 1;
  }
  return codes;
}

// The codes whose values lie in `range`. REQUIRES: the column's codes are ordered.
template <typename T>
CodeRange CodesIn(const NumberColumn<T>& column, const Filter::Range& range) {
  const auto decode = column.decoder();
  const auto is_below = [&](uint64_t code) {
    const T value = decode(code);
    if constexpr (std::is_same_v<T, int64_t>) {
      return range.from_open ? value <= range.integer_from : value < range.integer_from;
    } else {
      return range.from_open ? value <= range.from : value < range.from;
    }
  };
  const auto is_above = [&](uint64_t code) {
    const T value = decode(code);
    if constexpr (std::is_same_v<T, int64_t>) {
      return range.to_open ? value >= range.integer_to : value > range.integer_to;
    } else {
      return range.to_open ? value >= range.to : value > range.to;
    }
  };
  return CodesBetween(column.largest_code(), is_below, is_above);
}

}  // namespace aisle
