// SPDX-License-Identifier: GPL-3.0-or-later
//
// CoarseCodes: the codes of a wide column once more, in a byte: in which of 256 buckets, all about
// equally full, a code lies. A range of codes is a range of buckets, and only documents of the
// first and the last of these need their code to be read. Immutable; read by any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/large_array.h"
#include "facets/doc_set.h"

namespace aisle {

class CoarseCodes {
 public:
  // Whether a column of so many codes, each of so many bytes, is better with than without.
  static bool AreWorthwhile(size_t count, size_t bytes);

  // `codes`: one for each document; Code is uint32_t or uint64_t.
  template <typename Code>
  explicit CoarseCodes(std::span<const Code> codes);

  // Buckets ascend with codes.
  uint8_t BucketOf(uint64_t code) const;
  // The bucket of a document.
  uint8_t operator[](DocId doc) const { return buckets_[doc]; }
  struct Range {
    uint8_t first = 0;
    uint8_t last = UINT8_MAX;
  };
  // `words`: some of a bitmap of documents, from the word `begin` on. Keeps the documents that are
  // in a bucket of the range. Those kept that are in its first or last one are appended to `ends`,
  // if wanted.
  void Retain(size_t begin, Range range, std::span<uint64_t> words,
              std::vector<DocId>* ends = nullptr) const;

  size_t MemoryBytes() const { return buckets_.capacity() + sizeof(*this); }

 private:
  std::array<uint64_t, 256> ends_;  // the last code of each bucket
  LargeArray<uint8_t> buckets_;     // by document, up to a whole word of a bitmap
};

extern template CoarseCodes::CoarseCodes(std::span<const uint32_t> codes);
extern template CoarseCodes::CoarseCodes(std::span<const uint64_t> codes);

}  // namespace aisle
