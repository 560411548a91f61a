// SPDX-License-Identifier: GPL-3.0-or-later
//
// WordWindow: what the documents of a window, some thousand that follow each other, have of a word.
// Not thread safe; the word must outlive it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/target_clones.h"
#include "facets/bit_ranks.h"
#include "query/bitmap_scorer.h"

namespace aisle {

// Documents are scored a window at a time.
inline constexpr uint32_t kWindow = 16384;
inline constexpr size_t kWordsOfWindow = kWindow / 64;

class WordWindow {
 public:
  explicit WordWindow(const BitmapWord& word)
      : bits_(word.postings.words()),
        codes_(word.postings.postings().byte_codes()),
        word_(word),
        more_(word.more.begin(), word.more.end()) {}

  void MoveTo(uint32_t window) {
    first_ = size_t{window} * kWordsOfWindow;
    has_ranks_ = false;
    for (WordWindow& list : more_) list.MoveTo(window);
  }
  // The codes of so many documents of the window will be asked for.
  void Expect(size_t documents) {
    if (documents >= kFewOfWindow && !has_ranks_) Rank();
    for (WordWindow& list : more_) list.Expect(documents);
  }
  // The other lists of the word.
  std::span<const WordWindow> more() const { return more_; }
  // Whether the document at `offset` of the window is in the first list. One that has the word is,
  // if there are no others.
  bool Has(uint32_t offset) const {
    return ((bits_[first_ + offset / 64] >> (offset % 64)) & 1) != 0;
  }
  // REQUIRES: the document has the word.
  [[gnu::always_inline]] double ScoreAt(uint32_t offset, uint32_t length) const {
    return more_.empty() ? word_.scores.Of(CodeAt(offset), length) : ScoreOfLists(offset, length);
  }
  // The code in the first list. REQUIRES: Has(offset).
  uint8_t CodeAt(uint32_t offset) const { return codes_[PositionOf(offset)]; }

 private:
  // For fewer documents of a window the documents before each are counted one by one.
  static constexpr size_t kFewOfWindow = 48;

  // How many documents of the first list are before it.
  uint32_t PositionOf(uint32_t offset) const {
    const size_t word = offset / 64;
    const uint64_t below = bits_[first_ + word] & ((uint64_t{1} << (offset % 64)) - 1);
    const uint32_t before = has_ranks_ ? ranks_[word] : RankOf(word);
    return before + static_cast<uint32_t>(std::popcount(below));
  }
  double ScoreOfLists(uint32_t offset, uint32_t length) const {
    const WordWindow* only = Has(offset) ? this : nullptr;
    size_t count = only != nullptr ? 1 : 0;
    for (const WordWindow& list : more_) {
      if (!list.Has(offset)) continue;
      only = &list;
      ++count;
    }
    if (count == 1) return only->word_.scores.Of(only->CodeAt(offset), length);
    MergedPosting merged;
    if (Has(offset)) word_.scores.AddTo(CodeAt(offset), &merged);
    for (const WordWindow& list : more_) {
      if (list.Has(offset)) list.word_.scores.AddTo(list.CodeAt(offset), &merged);
    }
    return word_.scores.Of(merged, length);
  }
  AISLE_TARGET_CLONES
  void Rank() {
    has_ranks_ = true;
    uint32_t rank = word_.postings.FirstPosition(first_ / PostingList::kWordsPerGroup);
    const size_t count = std::min(kWordsOfWindow, bits_.size() - first_);
    for (size_t i = 0; i < count; ++i) {
      ranks_[i] = rank;
      rank += static_cast<uint32_t>(std::popcount(bits_[first_ + i]));
    }
    // The codes of the window stand side by side.
    constexpr uint32_t kLine = 64;
    for (uint32_t position = ranks_[0]; position < rank; position += kLine) {
      __builtin_prefetch(codes_ + position);
    }
  }
  // Documents before a 64th of the window.
  uint32_t RankOf(size_t word) const {
    const size_t group = (first_ + word) / PostingList::kWordsPerGroup;
    return word_.postings.FirstPosition(group) + BitsOfGroupBefore(bits_, first_ + word);
  }

  std::span<const uint64_t> bits_;
  const uint8_t* codes_;
  const BitmapWord& word_;
  std::vector<WordWindow> more_;
  size_t first_ = 0;                            // word of the bitmap
  bool has_ranks_ = false;                      // whether these are known:
  std::array<uint32_t, kWordsOfWindow> ranks_;  // documents before each 64th of the window
};

}  // namespace aisle
