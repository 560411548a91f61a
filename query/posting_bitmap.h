// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostingBitmap: a posting list with codes of a byte as a bitmap of the segment's documents. A made
// one takes a bit for each of them. Reads are safe from any number of threads.
#pragma once

#include <cstdint>
#include <span>

#include "facets/bit_ranks.h"
#include "facets/doc_set.h"
#include "indexer/posting_list.h"

namespace aisle {

// The list's store must outlive it.
class PostingBitmap {
 public:
  // REQUIRES: postings.is_bitmap().
  PostingBitmap(const PostingList& postings) : postings_(postings) {}  // NOLINT: it is one
  // Makes the bitmap of a list that is none. `size`: of the segment.
  PostingBitmap(const PostingList& postings, uint32_t size);

  const PostingList& postings() const { return postings_; }
  std::span<const uint64_t> words() const {
    return postings_.is_bitmap() ? postings_.words() : made_.words();
  }
  BitRanks ranks() const { return postings_.is_bitmap() ? postings_.ranks() : made_ranks_.ranks(); }

 private:
  PostingList postings_;
  DocSet made_;
  BitRankTable made_ranks_;
};

}  // namespace aisle
