// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a facet answers. Counts are exact: of all matches, counting products.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aisle {

struct FacetValue {
  std::string value;   // "Electronics > Audio"; numbers and booleans as text
  std::string label;   // last level of a hierarchy, else the value
  std::string parent;  // of a hierarchy, else empty
  uint32_t level = 0;
  uint64_t count = 0;
  bool selected = false;
  // A range: from inclusive, to exclusive; nullopt is open.
  bool is_range = false;
  std::optional<double> from, to;
};

struct HistogramBucket {
  double from = 0;  // inclusive
  double to = 0;    // exclusive, inclusive in the last bucket
  uint64_t count = 0;
};

struct NumericStats {
  double min = 0, max = 0, sum = 0;
  uint64_t values = 0;
  double avg() const { return values == 0 ? 0 : sum / static_cast<double>(values); }
};

struct FacetResult {
  std::string field;
  bool is_hierarchy = false;
  std::vector<FacetValue> values;
  uint64_t total_values = 0;          // different values among the matches
  std::optional<NumericStats> stats;  // numbers with at least one value
  std::vector<HistogramBucket> histogram;
};

}  // namespace aisle
