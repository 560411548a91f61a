// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/posting_bitmap.h"

#include <bit>

#include "core/target_clones.h"

namespace aisle {
namespace {

// How many bits stand before each group of words.
AISLE_TARGET_CLONES
std::vector<uint32_t> PositionsOf(std::span<const uint64_t> words) {
  std::vector<uint32_t> positions;
  positions.reserve(words.size() / PostingList::kWordsPerGroup + 1);
  uint32_t position = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i % PostingList::kWordsPerGroup == 0) positions.push_back(position);
    position += static_cast<uint32_t>(std::popcount(words[i]));
  }
  return positions;
}

}  // namespace

PostingBitmap::PostingBitmap(const PostingList& postings, uint32_t size)
    : postings_(postings), made_(size) {
  postings.OrInto(&made_);
  made_positions_ = PositionsOf(made_.words());
}

}  // namespace aisle
