// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/locale.h"

namespace aisle {

// What the forms of one word have in common: the Snowball stem of its surface ("shoe" of "shoes"),
// without accents. Empty for what has no forms: a short word, one with a digit or of a script that
// the language does not write its words in, and all words of a language without a stemmer. Thread
// safe.
std::string FamilyOf(std::string_view surface, const LocaleInfo& locale);

// Forms that the stemmer does not see to be of one word: English "shelf", "shelves", "knife",
// "knives", and "shelfs" for them. What the language does not write so is among them: ask the
// catalog. Empty for other languages. Thread safe.
std::vector<std::string> IrregularForms(std::string_view surface, const LocaleInfo& locale);

}  // namespace aisle
