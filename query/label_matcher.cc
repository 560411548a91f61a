// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/label_matcher.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "text/analyzer.h"
#include "text/utf8.h"

namespace aisle {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Whether a word of `label` may begin with `word`, both ASCII: seen without analysing it. Words
// begin behind something else than a letter or digit; marks within them may be left out.
bool MayHold(std::string_view label, std::string_view word) {
  for (size_t begin = 0; begin < label.size(); ++begin) {
    if (begin > 0 && IsAlphanumeric(label[begin - 1])) continue;
    size_t same = 0;
    while (same < word.size() && begin + same < label.size() &&
           ToLower(label[begin + same]) == word[same]) {
      ++same;
    }
    if (same == word.size()) return true;
    if (begin + same < label.size() && same > 0 && !IsAlphanumeric(label[begin + same]))
      return true;
  }
  return false;
}

}  // namespace

std::function<bool(std::string_view label)> LabelMatcher(std::string_view text,
                                                         const std::string& locale) {
  auto analyzer = Analyzer::Create({.locale = locale, .stem = false});
  if (!analyzer.ok()) analyzer = Analyzer::Create({});  // a facet of a field that is not searched
  std::vector<Token> words;
  (*analyzer)->Analyze(text, &words);
  return [analyzer = *analyzer, words = std::move(words)](std::string_view label) {
    if (IsAscii(label) && std::any_of(words.begin(), words.end(), [&](const Token& word) {
          return IsAscii(word.surface) && !MayHold(label, word.surface);
        })) {
      return false;
    }
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
