// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/label_matcher.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "text/analyzer.h"

namespace aisle {

std::function<bool(std::string_view label)> LabelMatcher(std::string_view text,
                                                         const std::string& locale) {
  auto analyzer = Analyzer::Create({.locale = locale, .stem = false});
  if (!analyzer.ok()) analyzer = Analyzer::Create({});  // a facet of a field that is not searched
  std::vector<Token> words;
  (*analyzer)->Analyze(text, &words);
  return [analyzer = *analyzer, words = std::move(words)](std::string_view label) {
    std::vector<Token> tokens;
    analyzer->Analyze(label, &tokens);
    return std::all_of(words.begin(), words.end(), [&](const Token& word) {
      return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        return token.surface.starts_with(word.surface);
      });
    });
  };
}

}  // namespace aisle
