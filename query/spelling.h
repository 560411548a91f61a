// SPDX-License-Identifier: GPL-3.0-or-later
//
// Spelling: what a word that no product has was meant to be. A word that some product has is never
// changed, nor one with a digit: a model number is not a mistyped other one.
#pragma once

#include <vector>

#include "query/search_plan.h"

namespace aisle {

struct SpellingOptions {
  int typos_max = 2;  // 0: words stand as they are
};

// Gives unknown words alternatives: terms one edit away (words of four letters and more), else two
// known words written as one, else terms two edits away (seven letters and more). And two words
// that the catalog writes as one may be found as that one. REQUIRES: fields and snapshot of the
// plan.
void CorrectWords(const SpellingOptions& options, SearchPlan* plan);

}  // namespace aisle
