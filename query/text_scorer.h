// SPDX-License-Identifier: GPL-3.0-or-later
//
// TextScorer: the text score of documents of one segment: the sum of query/bm25.h over words and
// fields. A word's frequency in a field is the highest among its alternatives there: a word and its
// completions are one word to the shopper. One object per segment and request; not thread safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "facets/matches.h"
#include "indexer/memory_index.h"
#include "query/posting_scores.h"
#include "query/text_statistics.h"
#include "query/top_hits.h"
#include "query/word_postings.h"

namespace aisle {

class TextScorer {
 public:
  // All must outlive the scorer. `words`: the plan's words in this segment.
  TextScorer(const TextStatistics& statistics, const MemoryIndex& index,
             std::span<const WordPostings> words);

  // The scores of `docs`, which ascend. `positions[w]`: the places of the documents in the only
  // list of word w, where they are known and every document has the word; else empty.
  std::vector<double> Score(std::span<const DocId> docs,
                            std::span<const std::vector<uint32_t>> positions) const;
  // Offers to `top`, with its score, every match that may be among the best; each has every word.
  // `positions` as above.
  void AddBest(const Matches& matches, std::span<const std::vector<uint32_t>> positions,
               uint32_t segment, TopHits* top) const;

 private:
  class Alternatives;
  struct ListWord;

  PostingScores ScoresOf(size_t word) const;
  bool AreBitmaps() const;
  void AddBestOfList(std::span<const DocId> docs, std::span<const std::vector<uint32_t>> positions,
                     uint32_t segment, TopHits* top) const;
  std::vector<uint32_t> ChoosePlaces(std::span<const ListWord> words, size_t begin, size_t end,
                                     double threshold) const;
  void AddListWord(const ListWord& word, std::span<const DocId> docs,
                   std::span<const uint32_t> places, double* scores) const;

  void AddFound(size_t word, std::span<const DocId> docs, std::span<const uint32_t> kept,
                std::span<const uint32_t> positions, double* scores) const;
  void AddWord(size_t word, std::span<const DocId> docs, std::span<const uint32_t> positions,
               double* scores) const;
  void AddAlternatives(size_t word, std::span<const DocId> docs, double* scores) const;

  const TextStatistics& statistics_;
  const MemoryIndex& index_;
  std::span<const WordPostings> words_;
};

}  // namespace aisle
