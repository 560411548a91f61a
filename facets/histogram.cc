// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/histogram.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace aisle {

Histogram::Histogram(double min, double max, uint32_t buckets) {
  assert(min <= max && buckets > 0);
  if (min == max) buckets = 1;
  const double width = max - min;
  // Multiplying first keeps bounds exact where they can be; the other way does not overflow.
  const auto bound = [&](uint32_t i) {
    return std::isfinite(width * buckets) ? min + width * i / buckets
                                          : std::lerp(min, max, static_cast<double>(i) / buckets);
  };
  for (uint32_t i = 0; i < buckets; ++i) {
    buckets_.push_back({bound(i), i + 1 == buckets ? max : bound(i + 1), 0});
  }
  last_document_.assign(buckets, 0);
}

// The bounds decide, not a division: a value on a bound belongs to the bucket that begins there.
size_t Histogram::BucketOf(double value) const {
  const auto after =
      std::upper_bound(buckets_.begin(), buckets_.end(), value,
                       [](double v, const HistogramBucket& bucket) { return v < bucket.from; });
  assert(after != buckets_.begin() && value <= buckets_.back().to);
  return static_cast<size_t>(after - buckets_.begin()) - 1;
}

}  // namespace aisle
