// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of a query and what each may stand for. A word is looked for in several fields at once;
// since fields may be analysed differently (stemming, locale), a word has alternatives, each for
// some of the fields.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/dictionaries.h"
#include "indexer/index_schema.h"

namespace aisle {

// What the score of a word is multiplied by where a document has something else in its place.
inline constexpr float kExactFactor = 1;            // the word itself or its stem
inline constexpr float kFormFactor = 0.9F;          // another form of the word
inline constexpr float kJoinedFactor = 0.9F;        // its letters, written as one word or as two
inline constexpr float kSynonymFactor = 0.8F;       // a synonym
inline constexpr float kContinuationFactor = 0.7F;  // a longer word that begins with it
inline constexpr float kTypoFactor = 0.7F;          // a word that is a few edits away

struct WordAlternative {
  std::string text;         // a term, or the beginning of one
  uint32_t field_mask = 0;  // fields in which it counts, bits of IndexSchema::SearchBit
  bool prefix = false;
  float factor = kExactFactor;  // of a term; beginnings have kContinuationFactor
};

struct QueryWord {
  std::string surface;  // as typed, normalised
  std::vector<WordAlternative> alternatives;
  std::vector<std::string> spellings =
      {};  // other ways to write it that are no mistakes, normalised
};

// A field that is searched and its weight.
struct SearchedField {
  size_t field = 0;  // number in the schema
  int bit = 0;
  double weight = 1;
};

// Splits and analyses `q` for these fields. With `prefix` the last word may be unfinished, unless a
// space follows. No words: `q` is empty, "*", or holds no letter or digit.
std::vector<QueryWord> AnalyzeQuery(std::string_view q, bool prefix,
                                    const std::vector<SearchedField>& fields,
                                    const IndexSchema& schema);

// Adds the other ways to write the umlauts of words in German fields (text/umlauts.h). `words`:
// what AnalyzeQuery() made of `q`.
void AddUmlauts(std::string_view q, const std::vector<SearchedField>& fields,
                const IndexSchema& schema, std::vector<QueryWord>* words);

// A term of the dictionary that a word may stand for.
struct TermAlternative {
  TermId term = 0;
  uint32_t field_mask = 0;
  float factor = kExactFactor;
};

// Adds the other forms of a word that the catalog has: irregular ones ("shelf" to "shelves") and,
// in fields that do not stem, all others ("shoe" to "shoes").
void AddForms(const std::vector<SearchedField>& fields, const IndexSchema& schema,
              const FamilyIndex& families, const Dictionary& terms, QueryWord* word);

// The terms that `word` may stand for, each once for the fields of each factor, the alternatives
// first that are no beginnings. Empty: no document has the word.
std::vector<TermAlternative> ExpandWord(const QueryWord& word, const Dictionary& terms);

}  // namespace aisle
