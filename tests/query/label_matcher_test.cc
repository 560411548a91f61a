// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/label_matcher.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"
#include "text/analyzer.h"

namespace aisle {
namespace {

std::string RandomText(std::mt19937_64& random, size_t length_max) {
  constexpr std::string_view kPieces[] = {"a", "A", "b", "B", "1",  "2", "'", ".", ",",
                                          "-", " ", "#", "&", "ab", "é", "I", "i", "s"};
  std::string text;
  for (size_t i = random() % (length_max + 1); i > 0; --i) {
    text += kPieces[random() % std::size(kPieces)];
  }
  return text;
}

TEST(LabelMatcherTest, AnswersAsTheAnalyzerDoes) {
  std::mt19937_64 random(TestSeed());
  for (const char* locale : {"en", "fr", "tr", "de"}) {
    const auto analyzer = *Analyzer::Create({.locale = locale, .stem = false});
    for (int i = 0; i < 5000; ++i) {
      const std::string text = RandomText(random, 4), label = RandomText(random, 10);
      std::vector<Token> words, tokens;
      analyzer->Analyze(text, &words);
      analyzer->Analyze(label, &tokens);
      const bool expected = std::all_of(words.begin(), words.end(), [&](const Token& word) {
        return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
          return token.surface.starts_with(word.surface);
        });
      });
      ASSERT_EQ(LabelMatcher(text, locale)(label), expected)
          << locale << " " << text << "|" << label;
    }
  }
}

}  // namespace
}  // namespace aisle
