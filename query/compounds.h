// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compounds: languages that write them as one word (LocaleInfo::linking) have
// "Waschmaschinenschlauch" where others say "Schlauch für Waschmaschine". The dictionary is the
// catalog: a word of a query is also its parts, if products have these more often than the whole
// (Koehn and Knight, "Empirical Methods for Compound Splitting": the parts whose frequencies have
// the highest geometric mean), and two words are also the compound that products have of them, in
// either order.
#pragma once

#include "query/word_plan.h"

namespace aisle {

// Adds to the plan's words what they may be as compounds and as parts of such, at kJoinedFactor.
void ExpandCompounds(const WordLookup& lookup, WordPlan* plan);

}  // namespace aisle
