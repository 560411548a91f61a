// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every locale shares: words, numbers, codes, apostrophes, offsets, positions, errors.
#include "text/analyzer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/text/analysis.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(AnalyzerTest, SplitsAtBlanksAndPunctuation) {
  EXPECT_THAT(Words("en", "Nike Air-Max 90, (black/white)"),
              ElementsAre("nike", "air", "max", "90", "black", "white"));
  EXPECT_THAT(Words("en", "AT&T snake_case a+b \"quoted\" end."),
              ElementsAre("at", "t", "snake", "case", "a", "b", "quoted", "end"));
}

TEST(AnalyzerTest, NothingComesFromNothing) {
  EXPECT_THAT(Words("en", ""), IsEmpty());
  EXPECT_THAT(Words("en", " \t\n--- !!! ' . , ™ ®"), IsEmpty());
  EXPECT_THAT(Words("en", "\xE2\x80\x8D\xCC\x81"), IsEmpty());  // a joiner and a lone accent
}

TEST(AnalyzerTest, KeepsModelNumbersWhole) {
  EXPECT_THAT(Words("en", "Sony WH-1000XM4 65W 14pro"),
              ElementsAre("sony", "wh", "1000xm4", "65w", "14pro"));
}

TEST(AnalyzerTest, ReadsDecimals) {
  EXPECT_THAT(Words("en", "1.5 1,5 1.5l usb3.0 8.5x11 .5 1. v1.2.3"),
              ElementsAre("1.5", "1.5", "1.5l", "usb3.0", "8.5x11", "5", "1", "v1.2.3"));
}

TEST(AnalyzerTest, ReadsDigitGroupsAsTheLocaleWritesThem) {
  EXPECT_THAT(Words("en", "10,000mAh 1,000,000 1,000.50 0,500"),
              ElementsAre("10000mah", "1000000", "1000.50", "0.500"));
  EXPECT_THAT(Words("de", "10.000 mAh 1.000.000 1.000,50 0.500 42,5"),
              ElementsAre("10000", "mah", "1000000", "1000.50", "0.500", "42.5"));
  EXPECT_THAT(Words("fr", "1,000 1.000"), ElementsAre("1.000", "1.000"));
}

TEST(AnalyzerTest, SeparatesListsOfNumbers) {
  EXPECT_THAT(Words("en", "1,2,3"), ElementsAre("1", "2", "3"));
  EXPECT_THAT(Words("en", "1.5,2.5"), ElementsAre("1.5", "2.5"));
  EXPECT_THAT(Words("en", "sizes 38,39,40,41"), ElementsAre("sizes", "38", "39", "40", "41"));
}

TEST(AnalyzerTest, ResolvesApostrophes) {
  EXPECT_THAT(Words("en", "women's WOMEN’S boys' O'Neill L'Oréal rock'n'roll 'n'"),
              ElementsAre("women", "women", "boys", "oneill", "loreal", "rocknroll", "n"));
  EXPECT_THAT(Words("en", "1980's 5'x7' 5'11\""), ElementsAre("1980", "5x7", "5", "11"));
}

TEST(AnalyzerTest, FoldsWidthLigaturesAndCompatibilityForms) {
  EXPECT_THAT(Words("en", "ＡＢＣ１２３ ﬁne Ⅳ ① m² 5㎏ Nº5"),
              ElementsAre("abc123", "fine", "iv", "1", "m2", "5kg", "no5"));
  EXPECT_THAT(Words("en", "ＷＨ－１０００ １，５ Ｏ＇Ｎｅｉｌｌ"),
              ElementsAre("wh", "1000", "1.5", "oneill"));
  EXPECT_THAT(Words("en", "½ inch, 1½ ㈱"), ElementsAre("1", "2", "inch", "1", "1", "2", "株"));
}

TEST(AnalyzerTest, FoldsCaseAndAccents) {
  EXPECT_THAT(Words("en", "Café résumé NAÏVE jalapen\u0303o Straße STRASSE Ørsted Łódź Ægir"),
              ElementsAre("cafe", "resume", "naive", "jalapeno", "strasse", "strasse", "orsted",
                          "lodz", "aegir"));
  EXPECT_THAT(Words("en", "soft\u00ADhyphen"), ElementsAre("softhyphen"));
}

TEST(AnalyzerTest, TradeSignsSeparate) {
  EXPECT_THAT(Words("en", "iPhone™case Nike™ Levi’s®"),
              ElementsAre("iphone", "case", "nike", "levi"));
}

TEST(AnalyzerTest, SaysWhereWordsStand) {
  const std::string text = "Café – L’Oréal 1,5";
  const std::vector<Token> tokens = Analyze(*MustCreate("en", false), text);
  std::vector<std::string> written;
  for (const Token& token : tokens) {
    written.push_back(text.substr(token.begin, token.end - token.begin));
    EXPECT_EQ(token.position, written.size() - 1);
  }
  EXPECT_THAT(written, ElementsAre("Café", "L’Oréal", "1,5"));
}

TEST(AnalyzerTest, AppendsAndCountsPositionsFromZeroAgain) {
  const auto analyzer = MustCreate("en", false);
  std::vector<Token> tokens;
  analyzer->Analyze("one two", &tokens);
  analyzer->Analyze("three", &tokens);
  EXPECT_THAT(SurfacesOf(tokens), ElementsAre("one", "two", "three"));
  EXPECT_EQ(tokens[1].position, 1u);
  EXPECT_EQ(tokens[2].position, 0u);
  EXPECT_EQ(tokens[2].begin, 0u);
}

TEST(AnalyzerTest, StemsKeepTheirSurface) {
  const std::vector<Token> tokens = Analyze(*MustCreate("en", true), "Running shoes");
  EXPECT_THAT(TermsOf(tokens), ElementsAre("run", "shoe"));
  EXPECT_THAT(SurfacesOf(tokens), ElementsAre("running", "shoes"));
}

TEST(AnalyzerTest, NeverStemsNumbersOrWordsWithDigits) {
  EXPECT_THAT(Stems("en", "747s 3ds 1000s running2 1.5s"),
              ElementsAre("747s", "3ds", "1000s", "running2", "1.5s"));
}

TEST(AnalyzerTest, CutsLongWordsBetweenCharacters) {
  for (const bool stem : {false, true}) {
    const auto analyzer = MustCreate("en", stem);
    const std::vector<Token> ascii = Analyze(*analyzer, std::string(200, 'a') + "ing b");
    ASSERT_EQ(ascii.size(), 2u);
    EXPECT_EQ(ascii[0].term, std::string(kTokenBytesMax, 'a'));
    EXPECT_EQ(ascii[0].surface, ascii[0].term);
    EXPECT_EQ(ascii[0].end, 203u);

    std::string greek = "x";  // so that a character of two bytes stands across the bound
    for (int i = 0; i < 100; ++i) greek += "ω";
    const std::vector<Token> cut = Analyze(*analyzer, greek);
    ASSERT_EQ(cut.size(), 1u);
    EXPECT_EQ(cut[0].surface, greek.substr(0, kTokenBytesMax - 1));
  }
}

TEST(AnalyzerTest, InvalidBytesSeparate) {
  EXPECT_THAT(Words("en", "red\xFFshoe"), ElementsAre("red", "shoe"));
  EXPECT_THAT(Words("en", "red\xC3"), ElementsAre("red"));
  EXPECT_THAT(Words("en", "\xED\xA0\x80red\xC0\xAFshoe\xF8"), ElementsAre("red", "shoe"));
  EXPECT_THAT(Words("en", std::string_view("a\0b", 3)), ElementsAre("a", "b"));
}

TEST(AnalyzerTest, RefusesUnknownLocales) {
  for (const std::string locale : {"", "xx", "english", "e", "en-", "en--us", "en us", "-"}) {
    const auto analyzer = Analyzer::Create({.locale = locale});
    ASSERT_FALSE(analyzer.ok()) << locale;
    EXPECT_EQ(analyzer.status().code(), absl::StatusCode::kInvalidArgument);
    const std::string message(analyzer.status().message());
    EXPECT_THAT(message, HasSubstr(fmt::format("\"{}\"", locale)));
    EXPECT_THAT(message, HasSubstr("ar, az"));
  }
}

TEST(AnalyzerTest, RefusesToStemWithoutStemmer) {
  const auto analyzer = Analyzer::Create({.locale = "ja", .stem = true});
  ASSERT_FALSE(analyzer.ok());
  EXPECT_EQ(analyzer.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(analyzer.status().message());
  EXPECT_THAT(message, HasSubstr("\"ja\""));
  EXPECT_THAT(message, HasSubstr("en, es"));
}

}  // namespace
}  // namespace aisle
