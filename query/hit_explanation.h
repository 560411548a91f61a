// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a product is where it is: which words of the query it has in which fields, at what cost and
// for how much, and what it is sorted by. The scores of the words add up to words_score; times
// `share` that is what the first phase of ranking says, and the second phase makes `score` of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/json.h"

namespace aisle {

struct HitExplanation {
  struct InField {
    std::string field;
    uint32_t frequency = 0;  // the highest among the words that count
    double score = 0;
  };
  struct Word {
    std::string word;                  // of the query
    float factor = 0;                  // what the score is multiplied by: the cost of not being it
    double score = 0;                  // of all fields, with the factor
    std::vector<std::string> matched;  // terms of the catalog that stand for it, the best first
    std::vector<InField> fields;       // none: the product lacks the word
  };
  struct Criterion {
    std::string key;  // of the sort
    bool descending = false;
    Json value;  // null: the product has none
  };

  std::vector<Word> words;
  double words_score = 0;
  double share = 1;  // how much of the query's weight the words are that it has
  double first_phase = 0;
  double score = 0;
  std::vector<Criterion> criteria;

  std::string InWords() const;
};

}  // namespace aisle
