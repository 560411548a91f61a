// SPDX-License-Identifier: GPL-3.0-or-later
//
// BitRanks: how many bits of a bitmap stand before each of its words, as 32 bits for each 1,024
// words and 16 bits for each word. A view; BitRankTable holds what it looks at. Reads are safe from
// any number of threads.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace aisle {

class BitRanks {
 public:
  // What stands before the last of so many words fits 16 bits.
  static constexpr size_t kWordsPerBase = 1024;
  static constexpr size_t BaseCount(size_t words) {
    return (words + kWordsPerBase - 1) / kWordsPerBase;
  }

  BitRanks() = default;
  // BaseCount() of `bases`, one of `within` for each word.
  BitRanks(const uint32_t* bases, const uint16_t* within) : bases_(bases), within_(within) {}

  [[gnu::always_inline]] uint32_t Before(size_t word) const {
    return bases_[word / kWordsPerBase] + within_[word];
  }
  // The bits before `bit` (0..63) of words[word], where `words` are those of the bitmap. For
  // functions with AISLE_TARGET_CLONES, into which this is inlined.
  [[gnu::always_inline]] uint32_t Before(std::span<const uint64_t> words, size_t word,
                                         uint32_t bit) const {
    const uint64_t below = words[word] & ((uint64_t{1} << bit) - 1);
    return Before(word) + static_cast<uint32_t>(std::popcount(below));
  }

 private:
  const uint32_t* bases_ = nullptr;
  const uint16_t* within_ = nullptr;
};

class BitRankTable {
 public:
  BitRankTable() = default;
  explicit BitRankTable(std::span<const uint64_t> words);

  // Valid as long as the table, also if that is moved.
  BitRanks ranks() const { return {bases_.data(), within_.data()}; }
  std::span<const uint32_t> bases() const { return bases_; }
  std::span<const uint16_t> within() const { return within_; }

 private:
  std::vector<uint32_t> bases_;
  std::vector<uint16_t> within_;
};

}  // namespace aisle
