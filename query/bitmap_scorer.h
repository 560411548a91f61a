// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scores the matches of frequent words: each word is a bitmap of the segment's documents, or
// several of them (query/word_postings.h). Where a document's posting stands in a list follows from
// how many bits are before it.
//
// Most documents of a word mostly have the same code, once in the description say; a bitmap tells
// which are the others (PostingList::others()). So the matches fall into classes, found by and-ing
// bitmaps. Some thousand documents are looked at at a time, the class of them that may score the
// most first; once no document of a class can be among the best, it and those after it are passed
// over. Within a class, documents whose posting of one word adds too little, however much the other
// words add, are passed over.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "facets/doc_set.h"
#include "facets/packed_array.h"
#include "query/posting_bitmap.h"
#include "query/posting_scores.h"
#include "query/top_hits.h"

namespace aisle {

struct BitmapWord {
  PostingBitmap postings;
  PostingScores scores;
  // Other lists by which a match may have the word: where there are any, each has it by one at
  // least.
  std::vector<BitmapWord> more = {};
};

struct BitmapMatches {
  const DocSet& docs;
  uint32_t count = 0;  // of the documents
  // At least one; each of the documents has every one.
  std::span<const BitmapWord> words;
  double share = 1;            // by which scores are multiplied
  const PackedArray& lengths;  // of the segment's documents
  uint32_t shortest = 0;       // no document is shorter
};

// Offers the documents that may be among the best to `top`, with the sum of their words' scores,
// added in the order of the words.
void AddBestOfBitmaps(const BitmapMatches& matches, uint32_t segment, TopHits* top);

// The same for a single word, of whose documents most match, and a share of 1.
void AddBestOfWord(const BitmapMatches& matches, uint32_t segment, TopHits* top);

}  // namespace aisle
