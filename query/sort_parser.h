// SPDX-License-Identifier: GPL-3.0-or-later
//
// The language of `sort_by`: keys "field:asc" or "field:desc", with commas between, the most
// important first.
//
//   _text_match:desc                        how well the words match
//   _text_match(buckets: 5):desc            the same in five parts of as many matches: within one
//                                           part the next key decides
//   rating(missing_values: first):desc      documents without a value come first; default is last
//   location(48.9, 2.3):asc                 distance from a point
//   _eval(in_stock:true && price:<50):desc  1 where the filter holds, 0 elsewhere
//   _eval([(brand:=A):3, (brand:=B):2]):desc    the number of the first filter that holds, or 0
//   added(origin: 1700000000, scale: 86400):desc  nearness, 1 at the origin: query/decay.h; also
//                                           func: gauss (default), exp or linear; decay; offset
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/schema.h"
#include "core/status.h"
#include "query/decay.h"
#include "query/filter.h"

namespace aisle {

struct SortKey {
  enum class Kind { kField, kTextMatch, kGeoDistance, kConditions, kDecay };
  struct Condition {
    Filter filter;
    double value = 1;
    friend bool operator==(const Condition&, const Condition&) = default;
  };

  Kind kind = Kind::kField;
  size_t field = 0;  // its number in the schema; of all but kTextMatch and kConditions
  bool descending = false;
  bool missing_first = false;
  GeoPoint origin;                    // of kGeoDistance
  Decay decay;                        // of kDecay
  std::vector<Condition> conditions;  // of kConditions
  uint32_t buckets = 0;               // of kTextMatch; 0: each score for itself

  friend bool operator==(const SortKey&, const SortKey&) = default;
};

// Blank text has no keys. InvalidArgument names the column and the field and lists what is allowed.
// Thread safe.
absl::StatusOr<std::vector<SortKey>> ParseSort(std::string_view text, const Schema& schema);

}  // namespace aisle
