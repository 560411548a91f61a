// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scores the matches of frequent words: each word is a bitmap of the segment's documents. Where a
// document's posting stands in a list follows from how many bits are before it. Documents whose
// posting of one word adds too little, however much the other words add, are passed over.
#pragma once

#include <cstdint>
#include <span>

#include "facets/packed_array.h"
#include "indexer/posting_list.h"
#include "query/posting_scores.h"
#include "query/top_hits.h"

namespace aisle {

struct BitmapWord {
  PostingList postings;  // a bitmap with codes of a byte
  PostingScores scores;
};

struct BitmapMatches {
  std::span<const DocId> docs;  // ascending
  // At least one; each of the documents has every one.
  std::span<const BitmapWord> words;
  double share = 1;            // by which scores are multiplied
  const PackedArray& lengths;  // of the segment's documents
};

// Offers the documents that may be among the best to `top`, with the sum of their words' scores,
// added in the order of the words.
void AddBestOfBitmaps(const BitmapMatches& matches, uint32_t segment, TopHits* top);

// The same for a single word, of whose documents most match.
void AddBestOfWord(const DocSet& matches, const BitmapWord& word, const PackedArray& lengths,
                   uint32_t segment, TopHits* top);

}  // namespace aisle
