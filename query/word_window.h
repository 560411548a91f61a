// SPDX-License-Identifier: GPL-3.0-or-later
//
// WordWindow: what the documents of a window, some thousand that follow each other, have of a word.
// Not thread safe; the word must outlive it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

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
        ranks_(word.postings.ranks()),
        codes_(word.postings.postings().byte_codes()),
        word_(word),
        more_(word.more.begin(), word.more.end()) {}

  void MoveTo(uint32_t window) {
    first_ = size_t{window} * kWordsOfWindow;
    for (WordWindow& list : more_) list.MoveTo(window);
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
  [[gnu::always_inline]] uint8_t CodeAt(uint32_t offset) const {
    return codes_[PositionOf(offset)];
  }

 private:
  // How many documents of the first list are before it.
  [[gnu::always_inline]] uint32_t PositionOf(uint32_t offset) const {
    return ranks_.Before(bits_, first_ + offset / 64, offset % 64);
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

  std::span<const uint64_t> bits_;
  BitRanks ranks_;
  const uint8_t* codes_;
  const BitmapWord& word_;
  std::vector<WordWindow> more_;
  size_t first_ = 0;  // word of the bitmap
};

}  // namespace aisle
