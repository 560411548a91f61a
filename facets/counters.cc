// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/counters.h"

#include <algorithm>

#include "core/target_clones.h"

namespace aisle {
namespace {

constexpr size_t kSpareMax = 8;

// Of requests that are done, all zero.
std::vector<std::vector<uint32_t>>& Spare() {
  thread_local std::vector<std::vector<uint32_t>> spare;
  return spare;
}

}  // namespace

Counters::Counters(size_t size) {
  if (size == 0) return;
  auto& spare = Spare();
  if (!spare.empty()) {
    counters_ = std::move(spare.back());
    spare.pop_back();
  }
  counters_.resize(size, 0);
}

Counters::~Counters() {
  if (counters_.empty() || Spare().size() >= kSpareMax) return;
  std::fill(counters_.begin(), counters_.end(), 0);
  Spare().push_back(std::move(counters_));
}

AISLE_TARGET_CLONES
uint32_t Counters::CountUsed() const {
  uint32_t used = 0;
  for (const uint32_t count : counters_) used += count > 0;
  return used;
}

AISLE_TARGET_CLONES
uint64_t Counters::StridesFrom(uint32_t least, size_t begin, size_t end) const {
  const uint32_t* counters = counters_.data();
  uint64_t strides = 0;
  size_t stride = 0;
  for (; begin + kStride <= end; begin += kStride, ++stride) {
    uint32_t largest = 0;
    for (size_t i = 0; i < kStride; ++i) largest = std::max(largest, counters[begin + i]);
    strides |= uint64_t{largest >= least} << stride;
  }
  if (begin < end) {
    const bool any = std::any_of(counters + begin, counters + end,
                                 [least](uint32_t count) { return count >= least; });
    strides |= uint64_t{any} << stride;
  }
  return strides;
}

}  // namespace aisle
