// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/word_lookup.h"

#include <algorithm>

#include "text/joined_words.h"

namespace aisle {

std::vector<PlannedWord> WordLookup::Find(std::string_view text, bool prefix) const {
  const Dictionaries& dictionaries = *snapshot_.dictionaries;
  std::vector<PlannedWord> words;
  std::vector<QueryWord> analyzed = AnalyzeQuery(text, prefix, fields_, *snapshot_.schema);
  AddUmlauts(text, fields_, *snapshot_.schema, &analyzed);
  for (QueryWord& word : analyzed) {
    if (word_forms_) {
      AddForms(fields_, *snapshot_.schema, dictionaries.families(), dictionaries.terms(), &word);
    }
    std::vector<TermAlternative> terms = ExpandWord(word, dictionaries.terms());
    words.push_back({std::move(word), std::move(terms)});
  }
  if (!words.empty()) AddJoined(text, &words);
  return words;
}

void WordLookup::AddAll(const PlannedWord& other, float factor, PlannedWord* word) {
  for (TermAlternative term : other.terms) {
    term.factor *= factor;
    for (TermAlternative& known : word->terms) {
      if (known.term != term.term) continue;
      // Of two the dearer one gives way: a beginning to what it is corrected to.
      uint32_t& dearer = known.factor < term.factor ? known.field_mask : term.field_mask;
      dearer &= known.factor < term.factor ? ~term.field_mask : ~known.field_mask;
    }
    if (term.field_mask != 0) word->terms.push_back(term);
  }
  std::erase_if(word->terms, [](const TermAlternative& term) { return term.field_mask == 0; });
  for (WordAlternative alternative : other.word.alternatives) {
    alternative.factor *= factor;
    word->word.alternatives.push_back(std::move(alternative));
  }
}

void WordLookup::AddJoined(std::string_view text, std::vector<PlannedWord>* words) const {
  std::vector<Token> tokens;
  snapshot_.schema->analyzer(fields_.front().field)->Analyze(text, &tokens);
  if (tokens.size() != words->size()) return;  // more words than a query may have
  uint32_t all_fields = 0;
  for (const SearchedField& field : fields_) all_fields |= uint32_t{1} << field.bit;
  std::vector<JoinedWord> joined;
  FindJoinedWords(text, tokens, &joined);
  const Dictionary& terms = snapshot_.dictionaries->terms();
  for (JoinedWord& one : joined) {
    const auto term = terms.Find(one.text);
    if (!term) continue;
    PlannedWord other;
    other.terms.push_back({*term, all_fields, kExactFactor});
    other.word.alternatives.push_back({std::move(one.text), all_fields, false, kExactFactor});
    for (uint32_t i = one.first; i <= one.last; ++i) AddAll(other, 1, &(*words)[i]);
  }
}

}  // namespace aisle
