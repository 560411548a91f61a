// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/catalog_generator/random.h"

namespace aisle::bench {

Zipf::Zipf(uint32_t size, double exponent) : threshold_(size, 1.0), alias_(size, 0) {
  double total = 0;
  for (uint32_t i = 0; i < size; ++i) total += std::pow(i + 1.0, -exponent);
  // Columns of equal width: those that are too low are filled up by one that is too high.
  std::vector<uint32_t> low, high;
  for (uint32_t i = 0; i < size; ++i) {
    threshold_[i] = std::pow(i + 1.0, -exponent) / total * size;
    (threshold_[i] < 1 ? low : high).push_back(i);
  }
  while (!low.empty() && !high.empty()) {
    const uint32_t filled = low.back();
    const uint32_t giver = high.back();
    low.pop_back();
    alias_[filled] = giver;
    threshold_[giver] -= 1 - threshold_[filled];
    if (threshold_[giver] < 1) {
      high.pop_back();
      low.push_back(giver);
    }
  }
  for (const uint32_t i : low) threshold_[i] = 1;  // what rounding left over
}

}  // namespace aisle::bench
