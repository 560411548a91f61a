// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace aisle {

// The seed of a property test: AISLE_SEED if set, else a new one each run; printed, so that a
// failure can be had again.
inline uint32_t TestSeed() {
  const char* given = std::getenv("AISLE_SEED");
  const uint32_t seed = given != nullptr ? static_cast<uint32_t>(std::strtoul(given, nullptr, 10))
                                         : std::random_device()();
  std::printf("seed: AISLE_SEED=%u\n", seed);
  return seed;
}

}  // namespace aisle
