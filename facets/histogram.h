// SPDX-License-Identifier: GPL-3.0-or-later
//
// Histogram: documents in buckets of equal width between the smallest and the largest value. Not
// thread safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "facets/facet_result.h"

namespace aisle {

class Histogram {
 public:
  // REQUIRES: min <= max, both finite, buckets > 0. A single bucket if min == max.
  Histogram(double min, double max, uint32_t buckets);

  // One document, whose values are decode(code), each within min..max: it counts once for each
  // bucket.
  template <typename Codes, typename Decode>
  void AddDocument(const Codes& codes, const Decode& decode) {
    ++documents_;
    for (const auto code : codes) {
      const size_t bucket = BucketOf(static_cast<double>(decode(code)));
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
  double buckets_per_unit_ = 0;
};

}  // namespace aisle
