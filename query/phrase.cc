// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/phrase.h"

#include <algorithm>

#include "core/document-inl.h"

namespace aisle {
namespace {

bool ValueHasPhrase(const Json& value, const Phrase& phrase) {
  if (value.is_array()) {
    const auto& elements = value.as_array();
    return std::any_of(elements.begin(), elements.end(),
                       [&](const Json& element) { return ValueHasPhrase(element, phrase); });
  }
  if (!value.is_string()) return false;
  std::vector<Token> tokens;
  phrase.analyzer->Analyze(value.as_string(), &tokens);
  const auto is_same = [](const Token& token, const std::string& word) {
    return token.surface == word;
  };
  return std::search(tokens.begin(), tokens.end(), phrase.words.begin(), phrase.words.end(),
                     is_same) != tokens.end();
}

}  // namespace

Filter PhraseFilter(std::string_view text, std::span<const SearchedField> fields,
                    const IndexSchema& schema) {
  Filter any;
  any.kind = Filter::Kind::kOr;
  for (const SearchedField& field : fields) {
    Filter one;
    one.kind = Filter::Kind::kPhrase;
    one.field = field.field;
    one.texts.emplace_back(text);
    if (!PhraseOf(one, schema).words.empty()) any.children.push_back(std::move(one));
  }
  return any;
}

Phrase PhraseOf(const Filter& filter, const IndexSchema& schema) {
  Phrase phrase{schema.fields()[filter.field].name, schema.analyzer(filter.field).get(), {}};
  std::vector<Token> tokens;
  phrase.analyzer->Analyze(filter.texts.front(), &tokens);
  if (tokens.size() > limits::kQueryWordsMax) tokens.resize(limits::kQueryWordsMax);
  for (Token& token : tokens) phrase.words.push_back(std::move(token.surface));
  return phrase;
}

bool HasPhrase(const Json& document, const Phrase& phrase) {
  bool has = false;
  VisitPath(document, phrase.path,
            [&](const Json& value) { has = has || ValueHasPhrase(value, phrase); });
  return has;
}

}  // namespace aisle
