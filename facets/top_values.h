// SPDX-License-Identifier: GPL-3.0-or-later
//
// TopValues: the first values of a facet, kept in a heap while they come by, so that a facet of a
// million values costs no list of a million. Not thread safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "facets/facet_request.h"

namespace aisle {

// A Key is ordered and cheap to copy: a number or a view.
template <typename Key>
class TopValues {
 public:
  struct Value {
    Key key;
    uint64_t count = 0;
    bool pinned = false;
    bool preferred = false;  // stands before all that are not
  };

  TopValues(size_t limit, FacetOrder order) : limit_(limit), order_(order) {}

  // Each key once.
  void Offer(Key key, uint64_t count, bool preferred = false) {
    if (limit_ == 0) return;
    const Value value{key, count, false, preferred};
    const auto before = [this](const Value& a, const Value& b) { return IsBefore(a, b); };
    if (first_.size() == limit_) {
      if (!IsBefore(value, first_.front())) return;
      std::pop_heap(first_.begin(), first_.end(), before);
      first_.pop_back();
    }
    first_.push_back(value);
    std::push_heap(first_.begin(), first_.end(), before);
  }

  // What is offered later with a smaller count, and is not preferred, is not listed; 1 at least.
  uint64_t least() const {
    const bool is_decided = order_ == FacetOrder::kCount && limit_ > 0 && first_.size() == limit_;
    return is_decided ? std::max<uint64_t>(first_.front().count, 1) : 1;
  }

  // The key is listed in any case, also beyond the limit or with a count of 0. It may be offered
  // too, with the same count
  // and preference.
  void Pin(Key key, uint64_t count, bool preferred = false) {
    pinned_.push_back({key, count, true, preferred});
  }

  // The first `limit` of those offered and all pinned, in order, each once.
  std::vector<Value> Take() {
    std::vector<Value> values = std::move(first_);
    values.insert(values.end(), pinned_.begin(), pinned_.end());
    std::sort(values.begin(), values.end(), [this](const Value& a, const Value& b) {
      return a.key == b.key ? a.pinned && !b.pinned : IsBefore(a, b);
    });
    const auto same = [](const Value& a, const Value& b) { return a.key == b.key; };
    values.erase(std::unique(values.begin(), values.end(), same), values.end());
    return values;
  }

 private:
  bool IsBefore(const Value& a, const Value& b) const {
    if (a.preferred != b.preferred) return a.preferred;
    if (order_ == FacetOrder::kCount && a.count != b.count) return a.count > b.count;
    return a.key < b.key;
  }

  size_t limit_;
  FacetOrder order_;
  std::vector<Value> first_;  // a heap with the last of them in front
  std::vector<Value> pinned_;
};

}  // namespace aisle
