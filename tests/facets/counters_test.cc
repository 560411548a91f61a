// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/counters.h"

#include <random>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

using Visited = std::vector<std::pair<uint32_t, uint32_t>>;

TEST(Counters, BeginAtZeroAlsoWhenUsedAgain) {
  for (const size_t size : {100u, 5u, 3000u, 1u, 100u}) {
    Counters counters(size), others(size / 2);
    ASSERT_EQ(counters.size(), size);
    EXPECT_EQ(counters.CountUsed(), 0);
    for (size_t i = 0; i < size; ++i) counters[i] = 7;
    EXPECT_EQ(counters.CountUsed(), size);
    const Counters moved = std::move(counters);
    EXPECT_EQ(moved.CountUsed(), size);
  }
}

TEST(Counters, VisitsThoseThatAreLargeEnough) {
  std::mt19937 random(TestSeed());
  for (int round = 0; round < 100; ++round) {
    Counters counters(random() % 5000);
    const uint32_t share = uint32_t{1} << (random() % 10);
    for (size_t i = 0; i < counters.size(); ++i) {
      if (random() % share == 0) counters[i] = static_cast<uint32_t>(random() % 100);
    }
    // What is visited raises the least by one at every tenth.
    uint32_t least = 1 + static_cast<uint32_t>(random() % 4);
    Visited expected, visited;
    uint32_t expected_least = least;
    for (uint32_t i = 0; i < counters.size(); ++i) {
      if (counters[i] < expected_least) continue;
      expected.emplace_back(i, counters[i]);
      expected_least += expected.size() % 10 == 0;
    }
    counters.ForEachFrom(least, [&](uint32_t i, uint32_t count) {
      visited.emplace_back(i, count);
      least += visited.size() % 10 == 0;
    });
    EXPECT_EQ(visited, expected);
  }
}

}  // namespace
}  // namespace aisle
