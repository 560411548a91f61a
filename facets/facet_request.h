// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a facet is asked.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aisle {

struct FacetRange {
  std::string label;
  std::optional<double> from;  // inclusive; nullopt is open
  std::optional<double> to;    // exclusive; nullopt is open

  friend bool operator==(const FacetRange&, const FacetRange&) = default;
};

enum class FacetOrder { kCount, kAlphabetical };

struct FacetRequest {
  std::string field;
  uint32_t limit = 10;
  std::vector<FacetRange> ranges;  // numbers: count these instead of values
  uint32_t histogram_buckets = 0;  // numbers: 0 is none
  bool conjunctive = false;        // the facet's own selection is not lifted
  FacetOrder order = FacetOrder::kCount;
  std::vector<std::string>
      selected;  // values (or labels of ranges) chosen by the search's own filter
  // If set, only values whose label it accepts are listed; selected ones are not exempt.
  std::function<bool(std::string_view label)> accepts;

  // If set, values whose label it accepts are listed before all others, and they alone are counted
  // in `total_values`. All values of a hierarchy are listed then, flat, as with `accepts`.
  std::function<bool(std::string_view label)> prefers;

  bool Accepts(std::string_view label) const { return !accepts || accepts(label); }
  bool Prefers(std::string_view label) const { return prefers && prefers(label); }
};

}  // namespace aisle
