// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scores matches that are few beside the segment's documents: each word is looked up for them in
// its posting list, or in several (query/word_postings.h).
//
// Matches are looked at some hundred at a time. Once the first are scored, those are passed over
// whose codes, in the words where their places are known already or that have several lists, add
// too little, however much the other words add.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "facets/doc_set.h"
#include "facets/packed_array.h"
#include "indexer/posting_list.h"
#include "query/posting_scores.h"
#include "query/top_hits.h"

namespace aisle {

struct ListWord {
  PostingList postings;
  PostingScores scores;
  // The places of all matches in the list, where they are known; else empty, as for several lists.
  std::span<const uint32_t> positions = {};
  // Other lists by which a match may have the word: where there are any, each has it by one at
  // least. One that stands in several has the word in each field as often as the one that has it
  // most often there, at the best of their factors.
  std::vector<ListWord> more = {};
};

struct ListMatches {
  std::span<const DocId> docs;  // ascending
  // At least one; each of the documents has every one.
  std::span<const ListWord> words;
  double share = 1;            // by which scores are multiplied
  const PackedArray& lengths;  // of the segment's documents
  uint32_t shortest = 0;       // no document is shorter
};

// Offers the documents that may be among the best to `top`, with the sum of their words' scores,
// added in the order of the words.
void AddBestOfList(const ListMatches& matches, uint32_t segment, TopHits* top);

}  // namespace aisle
