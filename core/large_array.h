// SPDX-License-Identifier: GPL-3.0-or-later
//
// LargeArray: a vector whose memory stands in huge pages (2 MiB) where it is large enough and the
// system has them. Values of such arrays are read in random order; with pages of 4 KiB finding the
// page costs more than reading the value.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace aisle {

template <typename T>
class HugePageAllocator {
 public:
  using value_type = T;

  HugePageAllocator() = default;
  template <typename U>
  HugePageAllocator(const HugePageAllocator<U>&) {}

  T* allocate(size_t count) {
    const size_t bytes = count * sizeof(T);
    if (bytes < kWorthwhile) return std::allocator<T>().allocate(count);
    const size_t rounded = (bytes + kPage - 1) / kPage * kPage;
    void* const memory = std::aligned_alloc(kPage, rounded);
    if (memory == nullptr) throw std::bad_alloc();
#if defined(__linux__)
    // A wish: without it the pages are small ones. So is a last page of which most would be wasted.
    madvise(memory, (bytes + kWasteMax) / kPage * kPage, MADV_HUGEPAGE);
#endif
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t count) {
    if (count * sizeof(T) < kWorthwhile) return std::allocator<T>().deallocate(memory, count);
    std::free(memory);
  }
  friend bool operator==(const HugePageAllocator&, const HugePageAllocator&) { return true; }

 private:
  static constexpr size_t kPage = size_t{2} << 20;
  // Of a page that is not full.
  static constexpr size_t kWasteMax = kPage / 4;
  static constexpr size_t kWorthwhile = kPage - kWasteMax;
};

template <typename T>
using LargeArray = std::vector<T, HugePageAllocator<T>>;

}  // namespace aisle
