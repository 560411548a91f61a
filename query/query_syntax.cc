// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/query_syntax.h"

#include "text/fold.h"

namespace aisle {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::vector<std::string_view> SplitAtSpaces(std::string_view q) {
  std::vector<std::string_view> words;
  for (size_t begin = 0, end = 0; begin < q.size(); begin = end + 1) {
    for (end = begin; end < q.size() && !IsSpace(q[end]);) ++end;
    if (end > begin) words.push_back(q.substr(begin, end - begin));
  }
  return words;
}

bool IsExclusion(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  const auto first = static_cast<unsigned char>(word[1]);
  return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first >= 0x80;
}

bool IsWithout(std::string_view word, const LocaleInfo& locale) {
  if (locale.without.empty()) return false;
  std::string folded;
  FoldCase(word, &folded);
  return folded == locale.without;
}

void Append(std::string_view word, std::string* text) {
  if (!text->empty()) *text += ' ';
  *text += word;
}

}  // namespace

QuerySyntax ReadSyntax(std::string_view q, const LocaleInfo& locale) {
  QuerySyntax syntax;
  const std::vector<std::string_view> words = SplitAtSpaces(q);
  size_t unwanted_end = 0;  // the words before it and after "without" are unwanted
  for (size_t i = 0; i < words.size(); ++i) {
    if (IsExclusion(words[i])) {
      syntax.excluded.emplace_back(words[i].substr(1));
    } else if (i < unwanted_end) {
      Append(words[i], &syntax.unwanted);
    } else {
      const bool is_first = !syntax.words.empty() && syntax.without.empty();
      if (is_first && i + 1 < words.size() && IsWithout(words[i], locale)) {
        syntax.without = words[i];
        unwanted_end = i + 1 + kUnwantedWordsMax;
      } else {
        Append(words[i], &syntax.words);
      }
    }
  }
  if (syntax.words.empty() && syntax.excluded.empty()) syntax.words = q;
  // A last word that is followed by others is finished.
  const bool is_finished = IsSpace(q.back()) || !syntax.unwanted.empty() ||
                           (!words.empty() && IsExclusion(words.back()));
  if (is_finished && !syntax.words.empty()) syntax.words += ' ';
  return syntax;
}

}  // namespace aisle
