// SPDX-License-Identifier: GPL-3.0-or-later
//
// The languages that can be named as a locale and what text analysis must know of each. The table
// is constant: pointers into it live as long as the program.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace aisle {

struct LocaleInfo {
  std::string_view code;     // ISO 639, "de".
  std::string_view stemmer;  // The name of the Snowball language; empty: there is none.
  // The mark between groups of three digits: ',' or '.'; 0 where it is a space or there is none.
  char grouping_mark = 0;
  // The stemmer tells accented from plain letters ("habitación"), so it sees a word before its
  // accents are removed. For the others the term is a function of the surface.
  bool stems_accents = false;
  // "I" is the capital of dotless "ı". It matters to the stemmer only: surfaces have "i" for both.
  bool dotless_i = false;
  // Articles that lose their vowel and lean on the next word, without their apostrophe ("l'homme").
  std::span<const std::string_view> elisions = {};
  // What may stand between the parts of a compound, of a language that writes them as one word.
  std::span<const std::string_view> linking = {};
  // The word after which stands what is not wanted, case folded.
  std::string_view without = {};
};

// The row of a locale such as "de", "de-AT", "DE_at"; nullptr if the language is not in the table.
const LocaleInfo* FindLocale(std::string_view locale);

// The codes of the table, "af, ar, ...", for messages.
std::string LocaleCodes();
std::string LocaleCodesWithStemmer();

}  // namespace aisle
