// SPDX-License-Identifier: GPL-3.0-or-later
//
// Spelling: what a word that no product has was meant to be. A word that some product has always
// stands for itself; if very few have it, a much more frequent word one edit away may be meant too.
// A word with a digit is never changed: a model number is not a mistyped other one.
#pragma once

#include <vector>

#include "query/search_plan.h"

namespace aisle {

struct SpellingOptions {
  int typos_max = 2;  // 0: no word is corrected; two may still be one
};

// Gives unknown words alternatives: terms one edit away (words of four letters and more), else two
// known words written as one, else terms two edits away (seven letters and more; they go before
// words of which one is short). And two words that the catalog writes as one may be found as that
// one. What was corrected is noted in the plan. REQUIRES: fields and snapshot of the plan.
void CorrectWords(const SpellingOptions& options, const WordLookup& lookup, SearchPlan* plan);

}  // namespace aisle
