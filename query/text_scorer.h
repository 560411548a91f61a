// SPDX-License-Identifier: GPL-3.0-or-later
//
// TextScorer: the text score of documents of one segment: the sum of query/bm25.h over words and
// fields. A word's frequency in a field is the highest among its alternatives there: a word and its
// completions are one word to the shopper. One object per segment and request; not thread safe.
//
// The best are found without scoring all: what the codes of postings add at most, whatever the
// documents' lengths, rules most documents out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "facets/matches.h"
#include "indexer/memory_index.h"
#include "query/bitmap_scorer.h"
#include "query/list_scorer.h"
#include "query/posting_scores.h"
#include "query/text_statistics.h"
#include "query/top_hits.h"
#include "query/word_postings.h"

namespace aisle {

// Matches of one segment that are scored together.
struct MatchClass {
  std::vector<size_t> words;  // the words of the query that each has, ascending
  double share = 1;           // above 0; by which scores are multiplied
};

class TextScorer {
 public:
  // All must outlive the scorer. `words`: the plan's words in this segment, which
  // has the number `segment` in the snapshot.
  TextScorer(const TextStatistics& statistics, const MemoryIndex& index, uint32_t segment,
             std::span<const WordPostings> words);

  // The scores of `docs`, which ascend: by the words that each has.
  std::vector<double> Score(std::span<const DocId> docs) const;

  // Whether each word that the segment has has main lists: what follows is true of those alone.
  bool HasMains() const;
  // The matches that have a word by another list than a main one: AddBestOfAllLists() is for them,
  // AddBest() for the others.
  std::vector<DocId> Exceptions(const Matches& matches) const;
  // A document of the class scores no more. nullopt if the segment lacks one of the words.
  std::optional<double> Most(const MatchClass& matches) const;
  // Offers to `top`, with its score, every one of `docs` (ascending) that may be among the best.
  // `positions[w]`: the places of the documents in the one main list of word w, where they are
  // known; else empty.
  void AddBest(const MatchClass& matches, std::span<const DocId> docs,
               std::span<const std::vector<uint32_t>> positions, TopHits* top) const;
  // Whether so many documents of the class are better a set than a list.
  bool TakesSet(const MatchClass& matches, size_t count) const;
  // The same for a set of `count` documents. REQUIRES: TakesSet(matches, count).
  void AddBest(const MatchClass& matches, const DocSet& docs, uint32_t count, TopHits* top) const;
  // The same by all lists of the words.
  void AddBestOfAllLists(const MatchClass& matches, std::span<const DocId> docs,
                         TopHits* top) const;

 private:
  class Alternatives;

  // `postings`: see PostingScores.
  PostingScores ScoresOf(size_t word, const WordPostings::List& list, size_t postings) const;
  PostingScores ScoresOf(size_t word, size_t postings) const {
    return ScoresOf(word, words_[word].lists().front(), postings);
  }
  std::span<const WordPostings::List> MainsOf(size_t word) const {
    return words_[word].lists().first(words_[word].mains());
  }
  BitmapWord BitmapOf(size_t word) const;
  // `docs`: matches that it is asked for.
  ListWord ListWordOf(size_t word, std::span<const WordPostings::List> lists, size_t docs) const;
  void AddWord(size_t word, std::span<const DocId> docs, double* scores) const;
  void AddAlternatives(size_t word, std::span<const DocId> docs, double* scores) const;

  const TextStatistics& statistics_;
  const MemoryIndex& index_;
  const uint32_t segment_;
  std::span<const WordPostings> words_;
};

}  // namespace aisle
