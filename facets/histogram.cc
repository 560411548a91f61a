// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/histogram.h"

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
  if (std::isfinite(buckets / width)) buckets_per_unit_ = buckets / width;
}

// A division guesses, the bounds decide: a value on a bound belongs to the bucket that begins
// there.
size_t Histogram::BucketOf(double value) const {
  assert(value >= buckets_.front().from && value <= buckets_.back().to);
  const double guess = (value - buckets_.front().from) * buckets_per_unit_;
  const double last = static_cast<double>(buckets_.size() - 1);
  auto bucket = static_cast<size_t>(guess < last ? guess : last);
  while (bucket > 0 && value < buckets_[bucket].from) --bucket;
  while (bucket + 1 < buckets_.size() && value >= buckets_[bucket + 1].from) ++bucket;
  return bucket;
}

}  // namespace aisle
