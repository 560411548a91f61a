// SPDX-License-Identifier: GPL-3.0-or-later
//
// What shoppers write between words. "-word" excludes it. Words in quotes are a phrase
// (query/phrase.h), excluded with a '-' before them. "without" ("ohne", "sans", ...) and what
// follows it are not searched: a product without a thing seldom says so, and one that names it may
// still be the one meant. They only count in the order (query/second_phase.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/locale.h"

namespace aisle {

struct QuerySyntax {
  std::string words;                  // what is searched
  std::vector<std::string> excluded;  // no hit has one of these
  std::vector<std::string> phrases;   // every hit has these
  std::vector<std::string> excluded_phrases;
  std::string without;   // the word "without" as typed; empty: there is none
  std::string unwanted;  // what follows it
};

// A '-' excludes at the beginning of a word and before a letter: "wi-fi" and "-18" are words. A
// phrase begins with a quote at the beginning of a word and ends with the next one at the end of a
// word: 12" is a size. More than kPhrasesMax phrases, and phrases that are unwanted, are words. All
// of a query that is nothing but exclusions is excluded. At most kUnwantedWordsMax words are
// unwanted.
QuerySyntax ReadSyntax(std::string_view q, const LocaleInfo& locale);

inline constexpr size_t kUnwantedWordsMax = 2;
inline constexpr size_t kPhrasesMax = 8;

}  // namespace aisle
