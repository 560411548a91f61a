// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/posting_bitmap.h"

#include <bit>

namespace aisle {

PostingBitmap::PostingBitmap(const PostingList& postings, uint32_t size)
    : postings_(postings), made_(size) {
  postings.OrInto(&made_);
  const std::span<const uint64_t> words = made_.words();
  uint32_t position = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i % PostingList::kWordsPerGroup == 0) made_positions_.push_back(position);
    position += static_cast<uint32_t>(std::popcount(words[i]));
  }
}

}  // namespace aisle
