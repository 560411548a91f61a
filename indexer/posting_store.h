// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostingStore: all posting lists of one segment, in one block of bytes. Immutable; read by any
// number of threads.
//
//   A list begins with a byte of flags: bits 0-1 say that a code has 1, 2 or 4 bytes, bit 2 a
//   bitmap, bit 3 blocks.
//   Short (fewer than 128 postings; neither bit 2 nor bit 3):
//     flags, size, the tail, the codes
//   Blocks:  flags, 3 bytes 0, size, offsets of tail, codes and field counts (32 bits each),
//            a PostingBlock for each 128 postings, then the packed blocks (a byte of width before
//            each, indexer/bit_packing.h), the tail, the codes, the field counts
//   Bitmap (of terms that one document in kBitmapShare has):
//            flags, 3 bytes 0, size, 0 or in memory 1 + the place of its CodeSplit, offsets of
//            codes and field counts, padding to 8, the words, their ranks (facets/bit_ranks.h: the
//            bases, then what is within), the codes, the field counts
//   A tail is a byte with the bytes of a distance (1..4) and, for each of the last size % 128
//   postings, the distance to the document before. Field counts are a mask and, for each of its
//   bits, in how many documents the term stands in that field. Offsets are from the list's
//   beginning, which is divisible by 8 for lists that are not short. Numbers are little endian.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/large_array.h"
#include "indexer/dictionaries.h"
#include "indexer/field_patterns.h"
#include "indexer/posting_list.h"

namespace aisle {

class PostingStore {
 public:
  // Empty if no document has the term.
  PostingList Find(TermId term) const;
  // The terms there are, ascending, and the list of the i-th.
  std::span<const TermId> terms() const { return terms_; }
  PostingList ListAt(size_t i) const;
  // Asks memory for the list: it will be read soon.
  void Expect(size_t i) const { __builtin_prefetch(bytes_.data() + offsets_[i]); }
  const FieldPatterns& patterns() const { return patterns_; }
  size_t MemoryBytes() const;
  size_t list_bytes() const { return bytes_.size(); }

  // TermIds are those of one process, so the terms themselves are saved.
  void Save(const Dictionary& terms, ByteWriter* out) const;
  // What Save() wrote, with the terms added to `terms`; false if the bytes are none of it.
  bool Load(ByteReader* in, Dictionary* terms);

 private:
  friend class PostingStoreBuilder;

  // Of a bitmap: see PostingList::others().
  struct CodeSplit {
    uint32_t common_code = 0;
    uint64_t begin = 0;  // of the bitmap, in others_
  };

  // What is not saved.
  void Finish();
  void FillPlaces();
  void Split(size_t list);

  uint32_t documents_ = 0;
  std::vector<TermId> terms_;
  std::vector<uint64_t> offsets_;  // of list i in bytes_
  // Place of each TermId in terms_, for stores that have most of the terms there are.
  std::vector<uint32_t> places_;
  LargeArray<uint8_t> bytes_;
  std::vector<CodeSplit> splits_;
  LargeArray<uint64_t> others_;
  FieldPatterns patterns_;
};

// Takes lists in ascending order of terms. Not thread safe, used once.
class PostingStoreBuilder {
 public:
  // Codes to come are of `patterns`, for a segment of `documents`.
  PostingStoreBuilder(FieldPatterns patterns, uint32_t documents);
  // Room for lists that have so many bytes together, about.
  void Reserve(size_t bytes) { store_.bytes_.reserve(bytes); }

  // `docs` ascending, not empty; one code for each.
  void Add(TermId term, std::span<const DocId> docs, std::span<const uint32_t> codes);
  PostingStore Build();

 private:
  void AddShort(std::span<const DocId> docs, std::span<const uint32_t> codes);
  void AddBlocks(std::span<const DocId> docs, std::span<const uint32_t> codes);
  void AddBitmap(std::span<const DocId> docs, std::span<const uint32_t> codes);
  void BeginLong(uint8_t flags, size_t size);
  void AppendTail(std::span<const DocId> docs, DocId before);
  void AppendCodes(std::span<const uint32_t> codes);
  template <typename T>
  void AppendCodesAs(std::span<const uint32_t> codes);
  void AppendFieldCounts(std::span<const uint32_t> codes);
  void AlignTo(size_t bytes);
  template <typename T>
  void Append(T value);
  template <typename T>
  void AppendAll(std::span<const T> values);
  // Writes an offset from `begin` to here into the 32 bits at `at`.
  void NoteOffset(size_t begin, size_t at);

  PostingStore store_;
};

}  // namespace aisle
