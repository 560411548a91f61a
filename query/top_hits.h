// SPDX-License-Identifier: GPL-3.0-or-later
//
// TopHits: the matches that may be among the first of a search, by the most important sort key
// alone: a number, the larger the earlier. Ties of that number are all kept, for the other keys to
// decide. Not thread safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "facets/doc_set.h"

namespace aisle {

class TopHits {
 public:
  struct Hit {
    double rank = 0;
    uint32_t segment = 0;
    DocId doc = 0;

    friend bool operator==(const Hit&, const Hit&) = default;
  };

  // Of all matches to come the first `wanted` are asked for.
  explicit TopHits(uint64_t wanted)
      : wanted_(static_cast<size_t>(std::min<uint64_t>(wanted, kUnlimited))),
        capacity_(std::max<size_t>(2 * wanted_, kSmallest)) {}

  // So many are taken before a threshold is known.
  size_t capacity() const { return capacity_; }
  // A match that ranks lower cannot be among the first.
  double threshold() const { return threshold_; }
  void Add(double rank, uint32_t segment, DocId doc) {
    if (rank < threshold_) return;
    hits_.push_back({rank, segment, doc});
    if (hits_.size() >= capacity_) Prune();
  }
  // The candidates, segment by segment, ascending.
  std::vector<Hit> Take() {
    Prune();
    std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) {
      return a.segment != b.segment ? a.segment < b.segment : a.doc < b.doc;
    });
    return std::move(hits_);
  }

 private:
  static constexpr uint64_t kUnlimited = uint64_t{1} << 40;
  static constexpr size_t kSmallest = 64;

  void Prune() {
    if (hits_.size() <= wanted_ || wanted_ == 0) return;
    const auto last = hits_.begin() + static_cast<ptrdiff_t>(wanted_ - 1);
    std::nth_element(hits_.begin(), last, hits_.end(),
                     [](const Hit& a, const Hit& b) { return a.rank > b.rank; });
    threshold_ = last->rank;
    std::erase_if(hits_, [this](const Hit& hit) { return hit.rank < threshold_; });
    capacity_ = std::max(capacity_, 2 * hits_.size());  // ties
  }

  size_t wanted_;
  size_t capacity_;
  double threshold_ = -std::numeric_limits<double>::infinity();
  std::vector<Hit> hits_;
};

}  // namespace aisle
