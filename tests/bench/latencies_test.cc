// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/harness/latencies.h"

#include <gtest/gtest.h>

namespace aisle::bench {
namespace {

TEST(LatenciesTest, PercentilesAreValuesThatWereMeasured) {
  Latencies latencies;
  for (int i = 100; i >= 1; --i) latencies.Add(i);
  EXPECT_EQ(latencies.Percentile(0.5), 50);
  EXPECT_EQ(latencies.Percentile(0.95), 95);
  EXPECT_EQ(latencies.Percentile(0.99), 99);
  EXPECT_EQ(latencies.Percentile(1), 100);
  EXPECT_EQ(latencies.Mean(), 50.5);
}

TEST(LatenciesTest, OneValueIsEveryPercentileAndNoneIsZero) {
  Latencies latencies;
  EXPECT_EQ(latencies.Percentile(0.5), 0);
  latencies.Add(3);
  EXPECT_EQ(latencies.Percentile(0.01), 3);
  EXPECT_EQ(latencies.Percentile(0.99), 3);
}

}  // namespace
}  // namespace aisle::bench
