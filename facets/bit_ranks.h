// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many bits of a bitmap are before a place, within a group of words that begins at a known
// rank. Which word of the group it is cannot be foretold: all are counted, those behind it masked.
//
// For functions with AISLE_TARGET_CLONES, into which this is inlined.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace aisle {

inline constexpr uint32_t kWordsPerRank = 8;

namespace bit_ranks_internal {

// Masks of the words before the i-th of a group.
inline constexpr auto kBefore = [] {
  std::array<std::array<uint64_t, kWordsPerRank>, kWordsPerRank> masks{};
  for (size_t word = 0; word < kWordsPerRank; ++word) {
    for (size_t i = 0; i < word; ++i) masks[word][i] = ~uint64_t{0};
  }
  return masks;
}();

}  // namespace bit_ranks_internal

// The bits of those words of a group that stand before words[word].
[[gnu::always_inline]] inline uint32_t BitsOfGroupBefore(std::span<const uint64_t> words,
                                                         size_t word) {
  const size_t first = word / kWordsPerRank * kWordsPerRank;
  int bits = 0;
  if (first + kWordsPerRank > words.size()) {  // the last group
    for (size_t i = first; i < word; ++i) bits += std::popcount(words[i]);
    return static_cast<uint32_t>(bits);
  }
  const auto& masks = bit_ranks_internal::kBefore[word - first];
  for (size_t i = 0; i < kWordsPerRank; ++i) bits += std::popcount(words[first + i] & masks[i]);
  return static_cast<uint32_t>(bits);
}

}  // namespace aisle
