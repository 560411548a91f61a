// SPDX-License-Identifier: GPL-3.0-or-later
//
// Spelling: what a query's words were meant to be. A word with a digit is never changed: a model
// number is not a mistyped other one. What may be meant and how likely it is says
// query/word_meanings.h.
//
// * A word that no product has is corrected, or taken as two words written as one.
// * A word that hardly any product has stands for itself, and for a much likelier one too.
// * Two words that the catalog writes as one may be found as that one, well or badly spelled.
// * If no product has all words, the one for which another would have been the likeliest stands for
//   that too: "garden host" where there are garden hoses.
#pragma once

#include "query/word_plan.h"

namespace aisle {

struct SpellingOptions {
  int typos_max = 2;        // edits in a word; 0: no word is corrected
  bool joins_words = true;  // whether words are joined and split
  // Whether a word stands for every word within the edits, not for the few it is likely to be.
  bool is_exhaustive = false;
};

// Gives words alternatives: terms one edit away (words of four letters and more) or two (seven
// letters and more, and five if these edits are easily made). What was corrected is noted in the
// plan. REQUIRES: fields and snapshot of the plan.
void CorrectWords(const SpellingOptions& options, const WordLookup& lookup, WordPlan* plan);

}  // namespace aisle
