// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/histogram.h"

#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace aisle {
namespace {

std::vector<uint64_t> CountsOf(double min, double max, uint32_t buckets,
                               const std::vector<std::vector<double>>& documents) {
  Histogram histogram(min, max, buckets);
  for (const auto& values : documents) histogram.AddDocument(values, std::identity());
  std::vector<uint64_t> counts;
  for (const HistogramBucket& bucket : histogram.Take()) counts.push_back(bucket.count);
  return counts;
}

TEST(Histogram, AValueOnABoundBeginsABucketAndTheLastIsInclusive) {
  EXPECT_EQ(CountsOf(0, 40, 4, {{0}, {9.99}, {10}, {20}, {30}, {39}, {40}}),
            (std::vector<uint64_t>{2, 1, 1, 3}));
}

TEST(Histogram, ADocumentCountsOncePerBucket) {
  EXPECT_EQ(CountsOf(0, 10, 2, {{1, 2, 9, 3}, {2}, {}}), (std::vector<uint64_t>{2, 1}));
}

TEST(Histogram, OneValueIsOneBucket) {
  Histogram histogram(7, 7, 12);
  histogram.AddDocument(std::vector<double>{7, 7}, std::identity());
  const std::vector<HistogramBucket> buckets = histogram.Take();
  ASSERT_EQ(buckets.size(), 1u);
  EXPECT_EQ(buckets[0].from, 7);
  EXPECT_EQ(buckets[0].to, 7);
  EXPECT_EQ(buckets[0].count, 1u);
}

TEST(Histogram, BoundsOfWholeNumbersAreExact) {
  const std::vector<HistogramBucket> buckets = Histogram(0, 100, 100).Take();
  for (size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(buckets[i].from, static_cast<double>(i));
    EXPECT_EQ(buckets[i].to, static_cast<double>(i + 1));
  }
}

// Neither the widest nor the narrowest interval loses a value or makes a bound that is no number.
TEST(Histogram, ExtremesKeepTheirDocuments) {
  constexpr double kMax = std::numeric_limits<double>::max();
  EXPECT_EQ(CountsOf(-kMax, kMax, 3, {{-kMax}, {0}, {kMax}}), (std::vector<uint64_t>{1, 1, 1}));
  const double after_one = std::nextafter(1.0, 2.0);
  for (const auto& [min, max] : {std::pair(-kMax, kMax), std::pair(1.0, after_one)}) {
    Histogram histogram(min, max, 24);
    for (double value : {min, max}) {
      histogram.AddDocument(std::vector<double>{value}, std::identity());
    }
    const std::vector<HistogramBucket> buckets = histogram.Take();
    uint64_t count = 0;
    for (size_t i = 0; i < buckets.size(); ++i) {
      EXPECT_LE(buckets[i].from, buckets[i].to);
      if (i > 0) EXPECT_EQ(buckets[i].from, buckets[i - 1].to);
      count += buckets[i].count;
    }
    EXPECT_EQ(buckets.front().from, min);
    EXPECT_EQ(buckets.back().to, max);
    EXPECT_EQ(count, 2u);
  }
}

}  // namespace
}  // namespace aisle
