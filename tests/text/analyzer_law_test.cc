// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold for every text, tried on random ones. Each failure names its seed.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/text/analysis.h"
#include "text/analyzer.h"
#include "text/unicode.h"

namespace aisle {
namespace {

constexpr int kTexts = 3000;

// In valid text: whether the offset is between two characters.
bool IsBoundary(std::string_view text, std::size_t offset) {
  return offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
}

void ExpectWellFormed(std::string_view text, const std::vector<Token>& tokens, bool text_is_valid) {
  uint32_t position = 0;
  uint32_t begin = 0;
  for (const Token& token : tokens) {
    EXPECT_EQ(token.position, position++);
    EXPECT_LT(token.begin, token.end);
    EXPECT_LE(begin, token.begin);
    EXPECT_LE(token.end, text.size());
    begin = token.begin;
    for (const std::string& form : {token.term, token.surface}) {
      EXPECT_FALSE(form.empty());
      EXPECT_LE(form.size(), kTokenBytesMax);
      EXPECT_TRUE(IsValidUtf8(form));
    }
    const std::string_view written = text.substr(token.begin, token.end - token.begin);
    EXPECT_TRUE(IsValidUtf8(written));
    if (text_is_valid) {
      EXPECT_TRUE(IsBoundary(text, token.begin) && IsBoundary(text, token.end));
    }
  }
}

std::vector<std::shared_ptr<const Analyzer>> SomeAnalyzers() {
  return {MustCreate("en", false), MustCreate("en", true), MustCreate("de", true),
          MustCreate("fr", true),  MustCreate("tr", true), MustCreate("ar", true),
          MustCreate("ru", true),  MustCreate("zh", false)};
}

TEST(AnalyzerLawTest, TokensOfValidTextAreWellFormed) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  const auto analyzers = SomeAnalyzers();
  for (int i = 0; i < kTexts && !::testing::Test::HasFailure(); ++i) {
    const std::string text = RandomUtf8(&random, Below(&random, 200));
    ASSERT_TRUE(IsValidUtf8(text));
    for (const auto& analyzer : analyzers) ExpectWellFormed(text, Analyze(*analyzer, text), true);
  }
}

TEST(AnalyzerLawTest, TokensOfDamagedTextAreWellFormed) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  const auto analyzers = SomeAnalyzers();
  for (int i = 0; i < kTexts && !::testing::Test::HasFailure(); ++i) {
    std::string text = RandomUtf8(&random, Below(&random, 100));
    for (std::size_t damage = Below(&random, 20); damage > 0; --damage) {
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(Below(&random, text.size() + 1)),
                  static_cast<char>(random()));
    }
    for (const auto& analyzer : analyzers) ExpectWellFormed(text, Analyze(*analyzer, text), false);
  }
}

// The same printable ASCII in its full-width forms, which takes the way through ICU.
std::string FullWidth(std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) {
    AppendChar(c == ' ' ? U'\u3000' : static_cast<char32_t>(c) + 0xFEE0, &wide);
  }
  return wide;
}

TEST(AnalyzerLawTest, AsciiAndFullWidthTextsHaveTheSameTokens) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  for (const char* locale : {"en", "de", "fr", "tr"}) {
    const auto analyzer = MustCreate(locale, true);
    for (int i = 0; i < kTexts; ++i) {
      std::string text = RandomAscii(&random, Below(&random, 60));
      // Turkish lower-cases the full-width capital I as any other script's: to "i".
      if (std::string_view(locale) == "tr") std::erase(text, 'I');
      std::erase(text, '`');  // U+FF40 is no apostrophe to any keyboard.
      const std::vector<Token> narrow = Analyze(*analyzer, text);
      const std::vector<Token> wide = Analyze(*analyzer, FullWidth(text));
      ASSERT_EQ(TermsOf(narrow), TermsOf(wide)) << locale << ": " << text;
      ASSERT_EQ(SurfacesOf(narrow), SurfacesOf(wide)) << locale << ": " << text;
      for (std::size_t t = 0; t < narrow.size(); ++t) {
        ASSERT_EQ(narrow[t].begin * 3, wide[t].begin) << text;
        ASSERT_EQ(narrow[t].end * 3, wide[t].end) << text;
      }
    }
  }
}

TEST(AnalyzerLawTest, WordsBeforeOtherScriptsAreTheWordsAlone) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  const auto analyzer = MustCreate("en", true);
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = RandomAscii(&random, Below(&random, 60));
    std::vector<Token> mixed = Analyze(*analyzer, text + " éclair");
    ASSERT_EQ(mixed.back().surface, "eclair");
    mixed.pop_back();
    ASSERT_EQ(TermsOf(mixed), TermsOf(Analyze(*analyzer, text))) << text;
  }
}

TEST(AnalyzerLawTest, SurfacesAnalyseToThemselves) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  const auto analyzer = MustCreate("en", true);
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = Below(&random, 2) == 0 ? RandomAscii(&random, Below(&random, 60))
                                                    : RandomUtf8(&random, Below(&random, 60));
    for (const Token& token : Analyze(*analyzer, text)) {
      // A dictionary may divide what it kept together in its sentence, so the parts are joined.
      std::string again;
      for (const std::string& part : SurfacesOf(Analyze(*analyzer, token.surface))) again += part;
      ASSERT_EQ(again, token.surface) << text;
    }
  }
}

TEST(AnalyzerLawTest, CaseNeverChangesASurface) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  for (const char* locale : {"en", "tr"}) {
    const auto analyzer = MustCreate(locale, true);
    for (int i = 0; i < kTexts; ++i) {
      const std::string text = RandomAscii(&random, Below(&random, 60));
      std::string upper = text;
      for (char& c : upper) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      }
      ASSERT_EQ(SurfacesOf(Analyze(*analyzer, text)), SurfacesOf(Analyze(*analyzer, upper)))
          << text;
    }
  }
}

}  // namespace
}  // namespace aisle
