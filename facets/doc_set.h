// SPDX-License-Identifier: GPL-3.0-or-later
//
// DocSet: a set of the documents of one segment, as a bitmap over 0..size()-1. A plain value;
// concurrent reads are safe, writes are not synchronised.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aisle {

using DocId = uint32_t;  // number of a document within its segment

class DocSet {
 public:
  DocSet() = default;
  explicit DocSet(uint32_t size, bool full = false)
      : size_(size), words_((size + 63) / 64, full ? ~uint64_t{0} : 0) {
    TrimLastWord();
  }

  uint32_t size() const { return size_; }
  bool Test(DocId doc) const {
    assert(doc < size_);
    return (words_[doc / 64] >> (doc % 64)) & 1;
  }
  void Set(DocId doc) {
    assert(doc < size_);
    words_[doc / 64] |= uint64_t{1} << (doc % 64);
  }
  void Clear(DocId doc) {
    assert(doc < size_);
    words_[doc / 64] &= ~(uint64_t{1} << (doc % 64));
  }

  // The other set must have the same size.
  void And(const DocSet& other) {
    assert(other.size_ == size_);
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }
  void Or(const DocSet& other) {
    assert(other.size_ == size_);
    for (size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  void AndNot(const DocSet& other) {
    assert(other.size_ == size_);
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  }
  void Complement() {
    for (uint64_t& word : words_) word = ~word;
    TrimLastWord();
  }

  uint32_t Count() const;
  bool IsEmpty() const {
    for (uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }

  // Appends all documents, ascending.
  void AppendTo(std::vector<DocId>* docs) const { AppendTo(Count(), docs); }
  // The same where Count() is known.
  void AppendTo(uint32_t count, std::vector<DocId>* docs) const;
  // The set block by block. Puts the documents from word *word on into `block`, kBlock or a few
  // more of them, and moves *word behind them; how many they are, 0 at the end. `soon`, if it is
  // not nullptr: an array by document that is read soon, so its values are asked for (prefetched).
  // `count`: Count().
  static constexpr size_t kBlock = 128, kBlockMax = kBlock + 64;
  using Block = std::array<DocId, kBlockMax>;
  size_t ReadBlock(uint32_t count, size_t* word, Block* block, const uint32_t* soon) const;
  // How many documents both sets have; of the same size.
  uint32_t CountCommon(const DocSet& other) const;
  // The words of the bitmap, document 64 i + b as bit b of word i; bits beyond size() are 0.
  std::span<const uint64_t> words() const { return words_; }
  std::span<uint64_t> mutable_words() { return words_; }
  size_t MemoryBytes() const { return words_.capacity() * sizeof(uint64_t); }

  // visit(DocId) for each document, ascending.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      for (uint64_t word = words_[i]; word != 0; word &= word - 1) {
        visit(static_cast<DocId>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
      }
    }
  }

  // The bitmap as bytes, little endian, for storage; and back. False if `bytes` does not fit
  // `size`.
  std::string Serialize() const;
  static bool Deserialize(std::string_view bytes, uint32_t size, DocSet* set);

  friend bool operator==(const DocSet&, const DocSet&) = default;

 private:
  void TrimLastWord() {
    if (size_ % 64 != 0 && !words_.empty()) words_.back() &= (uint64_t{1} << (size_ % 64)) - 1;
  }

  uint32_t size_ = 0;
  std::vector<uint64_t> words_;
};

}  // namespace aisle
