// SPDX-License-Identifier: GPL-3.0-or-later
//
// CoarseCodes: the codes of a wide column once more, in a byte: in which of 256 buckets, all about
// equally full, a code lies. A range of codes is a range of buckets, and only documents of the
// first and the last of these need their code to be read. Immutable; read by any number of threads.
//
// The documents in the order of their buckets are made when they are first asked for: columns that
// nobody sorts by have none.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "core/large_array.h"
#include "facets/doc_set.h"

namespace aisle {

class CoarseCodes {
 public:
  static constexpr int kBuckets = 256;

  // Whether a column of so many codes, each of so many bytes, is better with than without.
  static bool AreWorthwhile(size_t count, size_t bytes);

  // `codes`: one for each document; Code is uint32_t or uint64_t.
  template <typename Code>
  explicit CoarseCodes(std::span<const Code> codes);

  // Buckets ascend with codes.
  uint8_t BucketOf(uint64_t code) const;
  // No code of the bucket is larger, all of the next are.
  uint64_t LastCode(uint8_t bucket) const { return ends_[bucket]; }
  // The bucket of a document.
  uint8_t operator[](DocId doc) const { return buckets_[doc]; }
  struct Range {
    uint8_t first = 0;
    uint8_t last = UINT8_MAX;
  };
  // `words`: the bitmap of documents. Keeps the documents that are in a bucket of the range. Those
  // kept that are in its first or last one are appended to `ends`.
  void Retain(Range range, std::span<uint64_t> words, std::vector<DocId>* ends) const;
  // The documents of a bucket, ascending.
  std::span<const DocId> Documents(uint8_t bucket) const;

  size_t MemoryBytes() const {
    return buckets_.capacity() + sizeof(*this) + ordered_bytes_.load(std::memory_order_relaxed);
  }

 private:
  void PutInOrder() const;

  size_t size_ = 0;
  std::array<uint64_t, kBuckets> ends_;  // the last code of each bucket
  LargeArray<uint8_t> buckets_;          // by document, up to a whole word of a bitmap

  mutable std::once_flag is_ordered_;
  mutable LargeArray<DocId> ordered_;                    // by bucket
  mutable std::array<uint32_t, kBuckets + 1> starts_{};  // of each bucket in `ordered_`
  mutable std::atomic<size_t> ordered_bytes_ = 0;
};

extern template CoarseCodes::CoarseCodes(std::span<const uint32_t> codes);
extern template CoarseCodes::CoarseCodes(std::span<const uint64_t> codes);

}  // namespace aisle
