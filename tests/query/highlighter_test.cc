// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/highlighter.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/seed.h"
#include "text/utf8.h"

namespace aisle {
namespace {

using testing::ElementsAre;

HighlightOptions Brackets() {
  HighlightOptions options;
  options.start_tag = "[";
  options.end_tag = "]";
  return options;
}

std::optional<HighlightedText> Highlight(std::string_view text, std::vector<HighlightTerm> terms,
                                         const HighlightOptions& options = Brackets()) {
  const auto analyzer = Analyzer::Create({.locale = "en", .stem = true}).value();
  return HighlightText(text, *analyzer, terms, options);
}

std::string Marked(std::string_view text, std::vector<HighlightTerm> terms,
                   const HighlightOptions& options = Brackets()) {
  const auto highlighted = Highlight(text, std::move(terms), options);
  return highlighted ? highlighted->text : "nothing";
}

TEST(Highlighter, MarksWholeWords) {
  EXPECT_EQ(Marked("A red shoe, red!", {{"red", false}}), "A [red] shoe, [red]!");
  EXPECT_EQ(Marked("RED Café", {{"red", false}, {"cafe", false}}), "[RED] [Café]");
  EXPECT_EQ(Marked("Straße", {{"strasse", false}}), "[Straße]");
  EXPECT_EQ(Marked("reddish", {{"red", false}}), "nothing");
  EXPECT_EQ(Marked("", {{"red", false}}), "nothing");
  EXPECT_EQ(Marked("red", {}), "nothing");
  EXPECT_EQ(Marked("red", {{"", true}}), "nothing");
}

TEST(Highlighter, MarksByTermAndBySurface) {
  EXPECT_EQ(Marked("Running shoes", {{"run", false}}), "[Running] shoes");
  EXPECT_EQ(Marked("Running shoes", {{"shoes", false}}), "Running [shoes]");
}

TEST(Highlighter, DefaultTagsAreMark) {
  EXPECT_EQ(Marked("red & <b>", {{"red", false}}, {}), "<mark>red</mark> & <b>");
}

TEST(Highlighter, MarksWhatWasTypedOfAPrefix) {
  EXPECT_EQ(Marked("Wireless wire", {{"wire", true}}), "[Wire]less [wire]");
  EXPECT_EQ(Marked("Übergröße", {{"uberg", true}}), "[Überg]röße");
  EXPECT_EQ(Marked("Übergröße", {{"ubergro", true}}), "[Übergrö]ße");
  EXPECT_EQ(Marked("cafe\xCC\x81teria", {{"cafe", true}}), "[cafe\xCC\x81]teria");
  EXPECT_EQ(Marked("ＷＩＲＥＬＥＳＳ", {{"wire", true}}), "[ＷＩＲＥ]ＬＥＳＳ");
  // A word that is found whole is marked whole, and of several beginnings the longest.
  EXPECT_EQ(Marked("wireless", {{"wire", true}, {"wireless", false}}), "[wireless]");
  EXPECT_EQ(Marked("wireless", {{"wi", true}, {"wire", true}}), "[wire]less");
}

TEST(Highlighter, MarksTheWholeWordWhereTheTypedEndIsNoLetter) {
  EXPECT_EQ(Marked("Straßenbahn", {{"stras", true}}), "[Straßenbahn]");
  EXPECT_EQ(Marked("Straßenbahn", {{"strass", true}}), "[Straß]enbahn");
  EXPECT_EQ(Marked("o'neills", {{"oneil", true}}), "[o'neills]");
}

TEST(Highlighter, MatchedTokensAreWholeAndOnce) {
  const auto highlighted = Highlight("Wireless red wire Red red", {{"wire", true}, {"red", false}});
  EXPECT_THAT(highlighted->matched_tokens, ElementsAre("Wireless", "red", "wire", "Red"));
}

TEST(Highlighter, OneCharacterOfSeveralWordsIsMarkedOnce) {
  EXPECT_EQ(Marked("½ inch", {{"1", false}, {"2", false}, {"1/2", false}}), "[½] inch");
}

// "w0 w1 w2 ...", with these words instead at their places.
std::string Numbered(size_t words, const std::vector<std::pair<size_t, std::string>>& placed) {
  std::string text;
  for (size_t i = 0; i < words; ++i) {
    std::string word = "w" + std::to_string(i);
    for (const auto& [place, other] : placed) {
      if (place == i) word = other;
    }
    text += (i == 0 ? "" : " ") + word;
  }
  return text;
}

TEST(Snippet, LongTextsAreCutAroundTheMatch) {
  EXPECT_EQ(Marked(Numbered(31, {{10, "red"}}), {{"red", false}}),
            "w6 w7 w8 w9 [red] w11 w12 w13 w14");
  EXPECT_EQ(Marked(Numbered(31, {{1, "red"}}), {{"red", false}}), "w0 [red] w2 w3 w4 w5");
  EXPECT_EQ(Marked(Numbered(31, {{30, "red"}}) + "!", {{"red", false}}), "w26 w27 w28 w29 [red]!");
}

TEST(Snippet, ShortTextsAndFullOnesAreNotCut) {
  const auto is_whole = [](size_t words, const HighlightOptions& options) {
    const std::string text = Marked(Numbered(words, {{10, "red"}}), {{"red", false}}, options);
    return text == Numbered(words, {{10, "[red]"}});
  };
  EXPECT_TRUE(is_whole(30, Brackets()));
  EXPECT_FALSE(is_whole(31, Brackets()));
  HighlightOptions full = Brackets();
  full.full = true;
  EXPECT_TRUE(is_whole(1000, full));
}

TEST(Snippet, ShowsTheBestCluster) {
  const std::vector<HighlightTerm> terms = {{"red", false}, {"shoe", false}};
  // Two different words are better than three times the same.
  EXPECT_EQ(
      Marked(Numbered(90, {{5, "red"}, {6, "red"}, {7, "red"}, {60, "shoe"}, {62, "red"}}), terms),
      "w56 w57 w58 w59 [shoe] w61 [red] w63 w64 w65 w66");
  // Of the same words those that stand closer together.
  EXPECT_EQ(Marked(Numbered(90, {{5, "red"}, {8, "shoe"}, {60, "shoe"}, {61, "red"}}), terms),
            "w56 w57 w58 w59 [shoe] [red] w62 w63 w64 w65");
  // Of the same distance the first.
  EXPECT_EQ(Marked(Numbered(90, {{5, "red"}, {60, "red"}}), terms),
            "w1 w2 w3 w4 [red] w6 w7 w8 w9");
}

TEST(Snippet, OptionsAreItsSize) {
  HighlightOptions options = Brackets();
  options.affix_num_tokens = 1;
  options.snippet_threshold = 5;
  EXPECT_EQ(Marked(Numbered(9, {{4, "red"}}), {{"red", false}}, options), "w3 [red] w5");
  options.affix_num_tokens = 0;
  options.snippet_threshold = 0;
  EXPECT_EQ(Marked("a red shoe", {{"red", false}}, options), "[red]");
  options.affix_num_tokens = UINT32_MAX;
  EXPECT_EQ(Marked("a red shoe", {{"red", false}}, options), "a [red] shoe");
}

TEST(Snippet, MatchesOutsideAreMatchedTokens) {
  const auto highlighted = Highlight(Numbered(90, {{5, "red"}, {80, "Red"}}), {{"red", false}});
  EXPECT_EQ(highlighted->text, "w1 w2 w3 w4 [red] w6 w7 w8 w9");
  EXPECT_THAT(highlighted->matched_tokens, ElementsAre("red", "Red"));
}

bool IsUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const DecodedChar c = DecodeChar(text, i);
    if (c.value == kInvalidChar) return false;
    i = c.end;
  }
  return true;
}

TEST(HighlighterLaw, WithoutItsTagsTheTextIsAPartOfTheText) {
  constexpr std::string_view kPieces[] = {"red", "Über", "größe", "½", "日本語",    " ",
                                          ", ",  "-",    "'",     "ß", "e\xCC\x81", "1,5",
                                          "ﬁ",   "wire", "🙂",  "\n"};
  std::mt19937 random(TestSeed());
  const auto below = [&](size_t n) {
    return std::uniform_int_distribution<size_t>(0, n - 1)(random);
  };
  HighlightOptions options;
  options.start_tag = "\x01";
  options.end_tag = "\x02";
  const std::vector<HighlightTerm> terms = {{"red", true}, {"uber", true}, {"gr", true},
                                            {"1", true},   {"wi", true},   {"s", true},
                                            {"日", true},  {"fi", true},   {"e", true}};
  int found = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (size_t pieces = below(60); pieces > 0; --pieces)
      text += kPieces[below(std::size(kPieces))];
    options.affix_num_tokens = static_cast<uint32_t>(below(4));
    options.snippet_threshold = static_cast<uint32_t>(below(20));
    const auto highlighted = Highlight(text, terms, options);
    if (!highlighted) continue;
    ++found;
    std::string plain;
    bool is_open = false;
    for (const char c : highlighted->text) {
      if (c != '\x01' && c != '\x02') {
        plain.push_back(c);
        continue;
      }
      ASSERT_EQ(is_open, c == '\x02') << text;
      is_open = c == '\x01';
    }
    ASSERT_FALSE(is_open) << text;
    ASSERT_NE(text.find(plain), std::string::npos) << text << "\n" << plain;
    ASSERT_TRUE(IsUtf8(highlighted->text)) << text;
    ASSERT_NE(highlighted->text.find('\x01'), std::string::npos) << text;
    ASSERT_FALSE(highlighted->matched_tokens.empty());
  }
  EXPECT_GT(found, 1000);
}

}  // namespace
}  // namespace aisle
