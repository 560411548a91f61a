// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scores the matches of frequent words: each word is a bitmap of the segment's documents, and so
// are the matches. Where a document's posting stands in a list follows from how many bits are
// before it, which is counted along the way.
#pragma once

#include <cstdint>
#include <span>

#include "facets/doc_set.h"
#include "facets/packed_array.h"
#include "indexer/posting_list.h"
#include "query/posting_scores.h"
#include "query/top_hits.h"

namespace aisle {

struct BitmapWord {
  PostingList postings;  // a bitmap with codes of a byte
  PostingScores scores;
};

// Offers the documents of `matches` to `top` with the sum of their words' scores, added in the
// order of `words`, of which there is one at least. Every match has every word. `lengths`: of the
// segment's documents.
void AddBestOfBitmaps(const DocSet& matches, std::span<const BitmapWord> words,
                      const PackedArray& lengths, uint32_t segment, TopHits* top);

}  // namespace aisle
