// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/posting_bitmap.h"

namespace aisle {

PostingBitmap::PostingBitmap(const PostingList& postings, uint32_t size)
    : postings_(postings), made_(size) {
  postings.OrInto(&made_);
  made_ranks_ = BitRankTable(made_.words());
}

}  // namespace aisle
