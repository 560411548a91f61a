// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/joined_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/text/analysis.h"
#include "text/analyzer.h"
#include "text/word_family.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Joined(std::string_view text) {
  std::vector<Token> tokens;
  (*Analyzer::Create({.locale = "en"}))->Analyze(text, &tokens);
  std::vector<JoinedWord> joined;
  FindJoinedWords(text, tokens, &joined);
  std::vector<std::string> words;
  for (JoinedWord& word : joined) {
    EXPECT_LE(word.first, word.last);
    EXPECT_LT(word.last, tokens.size());
    words.push_back(std::move(word.text));
  }
  return words;
}

TEST(JoinedWords, HyphenatedWords) {
  EXPECT_THAT(Joined("organic T-shirt"), ElementsAre("tshirt"));
  EXPECT_THAT(Joined("Sony WH-1000XM4"), ElementsAre("wh1000xm4"));
  EXPECT_THAT(Joined("usb-c hub"), ElementsAre("usbc"));
  EXPECT_THAT(Joined("8-in-1"), ElementsAre("8in1", "8in"));
  EXPECT_THAT(Joined("noise-cancelling"), IsEmpty());
  EXPECT_THAT(Joined("1-2"), IsEmpty());
  EXPECT_THAT(Joined("a-b-c-d-e-f"), IsEmpty());
}

TEST(JoinedWords, NumbersAndUnits) {
  EXPECT_THAT(Joined("stick 64 GB"), ElementsAre("64gb"));
  EXPECT_THAT(Joined("64gb"), IsEmpty());
  EXPECT_THAT(Joined("1,5 litres"), ElementsAre("1.5l"));
  EXPECT_THAT(Joined("1.5litre"), ElementsAre("1.5l"));
  EXPECT_THAT(Joined("pan 12\" black"), ElementsAre("12in"));
  EXPECT_THAT(Joined("12 inches"), ElementsAre("12in"));
  EXPECT_THAT(Joined("55 Zoll"), ElementsAre("55in"));
  EXPECT_THAT(Joined("27 red"), IsEmpty());
}

TEST(JoinedWords, Codes) {
  EXPECT_THAT(Joined("WH1000 XM4"), ElementsAre("wh1000xm4"));
  EXPECT_THAT(Joined("wh 1000xm4"), ElementsAre("wh1000xm4"));
  EXPECT_THAT(Joined("model 1000xm4"), IsEmpty());
  EXPECT_THAT(Joined("iphone 14"), IsEmpty());
  EXPECT_THAT(Joined(""), IsEmpty());
  EXPECT_THAT(Joined("\""), IsEmpty());
}

// Texts of ASCII without digits and hyphens are passed by; with a letter of another kind behind
// them they are not.
TEST(JoinedWords, WhatIsPassedByHasNothingToJoin) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  for (int i = 0; i < 20'000; ++i) {
    std::string text(Below(&random, 24), ' ');
    for (char& c : text) c = "abxl 12-9,:/\".'"[Below(&random, 16)];
    ASSERT_EQ(Joined(text), Joined(text + " \u00e9")) << text;
  }
}

TEST(WordFamily, FormsOfOneWord) {
  const LocaleInfo& english = *FindLocale("en");
  EXPECT_EQ(FamilyOf("shoes", english), FamilyOf("shoe", english));
  EXPECT_NE(FamilyOf("shoes", english), FamilyOf("shirt", english));
  EXPECT_EQ(FamilyOf("64gb", english), "");
  EXPECT_EQ(FamilyOf("xs", english), "");
  EXPECT_EQ(FamilyOf("buty", *FindLocale("pl")), "");
  EXPECT_EQ(FamilyOf("lampen", *FindLocale("de")), FamilyOf("lampe", *FindLocale("de")));
}

}  // namespace
}  // namespace aisle
