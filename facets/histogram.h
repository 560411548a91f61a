// SPDX-License-Identifier: GPL-3.0-or-later
//
// Histogram: documents in buckets of equal width between the smallest and the largest value. Not
// thread safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "facets/facet_result.h"

namespace aisle {

class Histogram {
 public:
  // REQUIRES: min <= max, both finite, buckets > 0. A single bucket if min == max.
  Histogram(double min, double max, uint32_t buckets);

  // The values of one document, each within min..max: it counts once for each bucket.
  template <typename Number>
  void AddDocument(std::span<const Number> values) {
    ++documents_;
    for (Number value : values) {
      const size_t bucket = BucketOf(static_cast<double>(value));
      if (last_document_[bucket] == documents_) continue;
      last_document_[bucket] = documents_;
      ++buckets_[bucket].count;
    }
  }

  std::vector<HistogramBucket> Take() { return std::move(buckets_); }

 private:
  size_t BucketOf(double value) const;

  std::vector<HistogramBucket> buckets_;
  std::vector<uint64_t> last_document_;  // that a bucket counted, from 1
  uint64_t documents_ = 0;
};

}  // namespace aisle
