// SPDX-License-Identifier: GPL-3.0-or-later
//
// Phrases: what stands in quotes. A document has a phrase if its words stand one after the other,
// in their order and with no other word between them, in one value of one searched field. The words
// are those that the field's analyzer makes of the phrase, normalised (case, accents, width) but
// not stemmed: a phrase has no other forms, no synonyms and no corrections. Thread safe.
//
// The index knows no places of words: it says which documents have all of them in a field, and the
// stored texts of these are read (query/filter_node.h).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "query/filter.h"
#include "query/query_words.h"

namespace aisle {

// A phrase in one field.
struct Phrase {
  std::string path;  // of the field
  const Analyzer* analyzer = nullptr;
  std::vector<std::string> words;
};

// The documents that have the phrase in any of these fields: an OR of Filter::Kind::kPhrase; with
// no children if the text has no words.
Filter PhraseFilter(std::string_view text, std::span<const SearchedField> fields,
                    const IndexSchema& schema);

// Of a filter of Filter::Kind::kPhrase.
Phrase PhraseOf(const Filter& filter, const IndexSchema& schema);

bool HasPhrase(const Json& document, const Phrase& phrase);

}  // namespace aisle
