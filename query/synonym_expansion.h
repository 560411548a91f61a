// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "query/synonyms.h"
#include "query/word_plan.h"

namespace aisle {

// Lets the words of the plan stand for their synonyms too, at a cost: a document matches if it has
// the words or a synonym of them. Synonyms with a word that no product has are left out. `names` as
// in Synonyms::Find(). REQUIRES: fields, snapshot and words of the plan.
void ExpandSynonyms(const Synonyms& synonyms, std::span<const std::string> names,
                    const WordLookup& lookup, WordPlan* plan);

}  // namespace aisle
