// SPDX-License-Identifier: GPL-3.0-or-later
//
// TextStatistics: what each word of a query weighs, counted over all segments, so that scores do
// not depend on how documents are stored. A plain value.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/limits.h"
#include "query/saturation_table.h"
#include "query/search_plan.h"
#include "query/word_postings.h"

namespace aisle {

// What a word weighs in each field (by search bit), over all segments: the field's weight times the
// BM25 term weight; 0 in fields that are not searched.
using WordWeights = std::array<double, limits::kSearchFieldsMax>;

struct TextStatistics {
  std::vector<WordWeights> words;  // by word of the plan
  double average_length = 0;
  Bm25Parameters parameters;

  const SaturationTable& saturation() const {
    return SaturationTable::For(average_length, parameters);
  }
};

// Statistics are those of the live documents. `words[s]` are the plan's words in segment s of its
// snapshot.
TextStatistics CountWords(const SearchPlan& plan,
                          std::span<const std::vector<WordPostings>* const> words);

// The plan's words in each segment of its snapshot, and their statistics.
struct CountedWords {
  explicit CountedWords(const SearchPlan& plan);

  std::vector<std::vector<WordPostings>> segments;
  TextStatistics statistics;
};

}  // namespace aisle
