// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values of a filter's condition: numbers, ranges, distances.
#pragma once

#include <string_view>

#include "core/schema.h"
#include "core/status.h"
#include "query/filter.h"

namespace aisle {

enum class Comparison {
  kMatch,  // ":"
  kEqual,  // ":="
  kGreater,
  kGreaterEqual,
  kLess,
  kLessEqual,
};

// The numbers that compare so with `text`, a value of `field`, which is a number or boolean. With
// kMatch and kEqual the text may be a range "from..to". The error says what is expected. Thread
// safe.
absl::StatusOr<Filter::Range> ReadRange(std::string_view text, Comparison comparison,
                                        const Field& field);

// "5 km", "300 m", "2.5 mi" in metres; 0 or more. The error says what is expected. Thread safe.
absl::StatusOr<double> ReadDistance(std::string_view text);

}  // namespace aisle
