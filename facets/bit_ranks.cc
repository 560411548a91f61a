// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/bit_ranks.h"

#include <algorithm>

#include "core/target_clones.h"

namespace aisle {
namespace {

// within[i] becomes how many bits stand before word i; how many there are.
AISLE_TARGET_CLONES
uint32_t CountWithin(std::span<const uint64_t> words, uint16_t* within) {
  uint32_t count = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    within[i] = static_cast<uint16_t>(count);
    count += static_cast<uint32_t>(std::popcount(words[i]));
  }
  return count;
}

}  // namespace

BitRankTable::BitRankTable(std::span<const uint64_t> words) : within_(words.size()) {
  bases_.reserve(BitRanks::BaseCount(words.size()));
  uint32_t count = 0;
  for (size_t first = 0; first < words.size(); first += BitRanks::kWordsPerBase) {
    bases_.push_back(count);
    const size_t size = std::min(BitRanks::kWordsPerBase, words.size() - first);
    count += CountWithin(words.subspan(first, size), within_.data() + first);
  }
}

}  // namespace aisle
