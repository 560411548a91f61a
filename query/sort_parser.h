// SPDX-License-Identifier: GPL-3.0-or-later
//
// The language of `sort_by`: keys "field:asc" or "field:desc", with commas between, the most
// important first.
//
//   _text_match:desc                        how well the words match
//   rating(missing_values: first):desc      documents without a value come first; default is last
//   location(48.9, 2.3):asc                 distance from a point
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/schema.h"
#include "core/status.h"

namespace aisle {

struct SortKey {
  enum class Kind { kField, kTextMatch, kGeoDistance };

  Kind kind = Kind::kField;
  size_t field = 0;  // its number in the schema; of kField and kGeoDistance
  bool descending = false;
  bool missing_first = false;
  GeoPoint origin;  // of kGeoDistance

  friend bool operator==(const SortKey&, const SortKey&) = default;
};

// Blank text has no keys. InvalidArgument names the column and the field and lists what is allowed.
// Thread safe.
absl::StatusOr<std::vector<SortKey>> ParseSort(std::string_view text, const Schema& schema);

}  // namespace aisle
