// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counters: an array of counters that begin at zero. A thread keeps those of requests that are done
// for later ones: large arrays are costly to get from the system. Not thread safe; to be destroyed
// by the thread that made it, or by any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace aisle {

class Counters {
 public:
  explicit Counters(size_t size);
  Counters(Counters&& other) noexcept = default;
  Counters& operator=(Counters&& other) noexcept {
    std::swap(counters_, other.counters_);
    return *this;
  }
  ~Counters();

  size_t size() const { return counters_.size(); }
  uint32_t& operator[](size_t i) { return counters_[i]; }
  uint32_t operator[](size_t i) const { return counters_[i]; }
  uint32_t* data() { return counters_.data(); }
  std::span<const uint32_t> span() const { return counters_; }

  // How many are not zero.
  uint32_t CountUsed() const;

  // visit(uint32_t i, uint32_t count) for each counter of `least` and more, ascending. `least` is 1
  // at least and may grow while they are visited.
  template <typename Visit>
  void ForEachFrom(const uint32_t& least, const Visit& visit) const {
    const size_t size = counters_.size();
    for (size_t begin = 0; begin < size; begin += kChunk) {
      const size_t end = begin + kChunk < size ? begin + kChunk : size;
      uint64_t strides = StridesFrom(least, begin, end);
      for (size_t i = begin; strides != 0; i += kStride, strides >>= 1) {
        if ((strides & 1) == 0) continue;
        const size_t stride_end = i + kStride < end ? i + kStride : end;
        for (size_t j = i; j < stride_end; ++j) {
          if (counters_[j] >= least) visit(static_cast<uint32_t>(j), counters_[j]);
        }
      }
    }
  }

 private:
  // Most counters of a large array are too small: they are looked at sixteen at a time.
  static constexpr size_t kStride = 16;
  static constexpr size_t kChunk = 64 * kStride;

  // Bit i: of the strides of [begin, end), a chunk, the i-th has a counter of `least` or more.
  uint64_t StridesFrom(uint32_t least, size_t begin, size_t end) const;

  std::vector<uint32_t> counters_;
};

}  // namespace aisle
