// SPDX-License-Identifier: GPL-3.0-or-later
//
// TextScorer: the text score of documents of one segment: the sum of query/bm25.h over words and
// fields. A word's frequency in a field is the highest among its alternatives there: a word and its
// completions are one word to the shopper. One object per segment and request; not thread safe.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/limits.h"
#include "indexer/segment.h"
#include "query/word_postings.h"

namespace aisle {

// What a word weighs in each field (by search bit), over all segments: the field's weight times the
// BM25 term weight; 0 in fields that are not searched.
using WordWeights = std::array<double, limits::kSearchFieldsMax>;

struct TextStatistics {
  std::vector<WordWeights> words;  // by word of the plan
  double average_length = 0;
};

// Statistics are those of the live documents of all segments, so that scores do not depend on how
// documents are stored. `words[s]` are the plan's words in segment s of its snapshot.
TextStatistics CountWords(const SearchPlan& plan,
                          std::span<const std::vector<WordPostings>* const> words);

class TextScorer {
 public:
  // All must outlive the scorer. `words`: the plan's words in this segment.
  TextScorer(const TextStatistics& statistics, const MemoryIndex& index,
             std::span<const WordPostings> words);

  // The scores of `docs`, which ascend and have every word. `positions[w]`: the places of the
  // documents in the only list of word w, where they are known; else empty.
  std::vector<double> Score(std::span<const DocId> docs,
                            std::span<const std::vector<uint32_t>> positions) const;

 private:
  class CodeWeights;
  class Alternatives;

  void AddWord(size_t word, std::span<const DocId> docs, std::span<const uint32_t> positions,
               double* scores) const;
  void AddAlternatives(size_t word, std::span<const DocId> docs, double* scores) const;

  const TextStatistics& statistics_;
  const MemoryIndex& index_;
  std::span<const WordPostings> words_;
};

}  // namespace aisle
