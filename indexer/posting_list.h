// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostingList: the documents of one segment that hold a term, ascending, each with the code of its
// field pattern. A view into a PostingStore (which describes the format), valid as long as it
// lives; cheap to copy; read by any number of threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "facets/bit_ranks.h"
#include "facets/doc_set.h"
#include "indexer/bit_packing.h"
#include "indexer/field_patterns.h"

namespace aisle {

// The last document of a block and where the block stands, from the beginning of the list.
struct PostingBlock {
  uint32_t last = 0;
  uint32_t offset = 0;
};

class PostingList {
 public:
  PostingList() = default;

  // Number of postings.
  uint32_t size() const { return size_; }
  // A bitmap of all documents of the segment, for the terms that many have.
  bool is_bitmap() const { return words_ != nullptr; }
  // REQUIRES: is_bitmap(). As DocSet::words().
  std::span<const uint64_t> words() const { return {words_, word_count_}; }

  // Of a bitmap: most documents have the code common_code(); the bitmap of those that have another
  // one, or nothing where there are too many or none of them.
  std::span<const uint64_t> others() const {
    return {others_, others_ != nullptr ? word_count_ : 0};
  }
  uint32_t common_code() const { return common_code_; }

  uint32_t Code(uint32_t position) const {
    switch (code_bytes_) {
      case 1:
        return codes_[position];
      case 2:
        return Load<uint16_t>(position);
      default:
        return Load<uint32_t>(position);
    }
  }
  // visit(code_of), where code_of(position) is Code(position): for many, one after the other.
  template <typename Visit>
  void VisitCodes(const Visit& visit) const {
    if (code_bytes_ == 1) {
      return visit([codes = codes_](uint32_t position) -> uint32_t { return codes[position]; });
    }
    visit([this](uint32_t position) { return Code(position); });
  }
  // Asks memory for the code: it will be read soon.
  void ExpectCode(uint32_t position) const {
    __builtin_prefetch(codes_ + size_t{position} * code_bytes_);
  }
  const FieldPatterns& patterns() const { return *patterns_; }
  // The codes by position where each is a byte; else nullptr.
  const uint8_t* byte_codes() const { return code_bytes_ == 1 ? codes_ : nullptr; }
  // REQUIRES: is_bitmap(). A document's place in the list is how many bits stand before its own.
  const BitRanks& ranks() const { return ranks_; }

  // Appends all documents.
  void AppendTo(std::vector<DocId>* docs) const;
  void OrInto(DocSet* set) const;
  // Of `docs` (ascending, each once) those that the list has: `kept` becomes their places in
  // `docs`, `positions` (if wanted) their places in the list.
  void Intersect(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                 std::vector<uint32_t>* positions) const;

  // The fields in which the term may stand; all where that is not known.
  uint32_t Fields() const { return field_counts_ != nullptr ? field_counts_[0] : UINT32_MAX; }
  // In how many documents the term stands in each field, live or not: adds to counts[bit], for the
  // bits of `mask`. `counts` has 32.
  void AddFieldCounts(uint32_t mask, uint64_t* counts) const;

  // visit(DocId, uint32_t position) for each posting.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    AnyOf([&](DocId doc, uint32_t position) {
      visit(doc, position);
      return false;
    });
  }
  // Whether test(DocId, uint32_t position) is true of a posting; those after it are not visited.
  template <typename Test>
  bool AnyOf(const Test& test) const {
    uint32_t position = 0;
    if (is_bitmap()) {
      for (size_t i = 0; i < word_count_; ++i) {
        for (uint64_t word = words_[i]; word != 0; word &= word - 1) {
          const auto doc = static_cast<DocId>(i * 64 + static_cast<size_t>(std::countr_zero(word)));
          if (test(doc, position++)) return true;
        }
      }
      return false;
    }
    uint32_t docs[kPackedBlock];
    for (uint32_t block = 0; block < block_count_; ++block) {
      ReadBlock(block, docs);
      for (const DocId doc : docs) {
        if (test(doc, position++)) return true;
      }
    }
    const uint32_t tail = ReadTail(docs);
    for (uint32_t i = 0; i < tail; ++i) {
      if (test(docs[i], position++)) return true;
    }
    return false;
  }

 private:
  friend class PostingStore;

  template <typename T>
  T Load(uint32_t position) const {
    T value;
    __builtin_memcpy(&value, codes_ + position * sizeof(T), sizeof(T));
    return value;
  }
  void ReadBlock(uint32_t block, DocId* docs) const;
  void PrefetchBlock(uint32_t block) const;
  // The first block from `block` on that ends with `doc` or behind it; block_count_ if none does.
  uint32_t SkipTo(uint32_t block, DocId doc) const;
  // The documents after the last full block; how many they are.
  uint32_t ReadTail(DocId* docs) const;
  void IntersectBitmap(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                       std::vector<uint32_t>* positions) const;

  uint32_t size_ = 0;
  const FieldPatterns* patterns_ = nullptr;
  const uint8_t* begin_ = nullptr;
  const uint8_t* codes_ = nullptr;
  uint8_t code_bytes_ = 1;
  const uint32_t* field_counts_ = nullptr;  // a mask, then a count for each bit; or nullptr
  // Blocks and what follows them.
  const PostingBlock* blocks_ = nullptr;
  uint32_t block_count_ = 0;
  const uint8_t* tail_ = nullptr;  // bytes a distance, then the distances
  // A bitmap.
  const uint64_t* words_ = nullptr;
  uint32_t word_count_ = 0;
  BitRanks ranks_;
  const uint64_t* others_ = nullptr;
  uint32_t common_code_ = 0;
};

}  // namespace aisle
