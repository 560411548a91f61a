// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/emoji.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/text/analysis.h"

namespace aisle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(EmojiTest, AreWordsOfTheirOwn) {
  EXPECT_THAT(Words("en", "tree🎄lights 🎄tree"), ElementsAre("tree", "🎄", "lights", "🎄", "tree"));
  EXPECT_THAT(Words("en", "🎄🎁"), ElementsAre("🎄", "🎁"));
  EXPECT_THAT(Stems("en", "running 👟s"), ElementsAre("run", "👟", "s"));
  EXPECT_THAT(Words("zh", "圣诞🎄树"), ElementsAre("圣诞", "🎄", "树"));
}

TEST(EmojiTest, OfSeveralCharactersAreOne) {
  EXPECT_THAT(Words("en", "👩‍💻👨‍👩‍👧‍👦"),
              ElementsAre("👩‍💻", "👨‍👩‍👧‍👦"));
  EXPECT_THAT(Words("en", "🇩🇪🇫🇷🇩"), ElementsAre("🇩🇪", "🇫🇷"));
  EXPECT_THAT(Words("en", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴"),
              ElementsAre("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴"));
  EXPECT_THAT(Words("en", "1️⃣ 2⃣#️⃣*️⃣"),
              ElementsAre("1\u20E3", "2\u20E3", "#\u20E3", "*\u20E3"));
  EXPECT_THAT(Words("en", "10⃣ a1⃣"), ElementsAre("10", "a1"));
}

TEST(EmojiTest, TonesAndSelectorsDoNotMatter) {
  EXPECT_THAT(Words("en", "👍🏽 👍🏿 👍️ 👍︎"), ElementsAre("👍", "👍", "👍", "👍"));
  EXPECT_THAT(Words("en", "👩🏽‍💻 👩‍💻"),
              ElementsAre("👩‍💻", "👩‍💻"));
  EXPECT_THAT(Words("en", "☝🏽 ☝️"), ElementsAre("☝️", "☝️"));
  EXPECT_THAT(Words("en", "❤️‍🔥 ❤‍🔥"),
              ElementsAre("❤️‍🔥", "❤️‍🔥"));
  EXPECT_THAT(Words("en", "🏽"), IsEmpty());
}

TEST(EmojiTest, SignsSeparate) {
  EXPECT_THAT(Words("en", "Nike™ Nike™️ Levi’s® ©2024 ©️ ®️"),
              ElementsAre("nike", "nike", "levi", "2024"));
  EXPECT_THAT(Words("en", "a→b ☀ ❤ ❤︎ 5✕5 №"), ElementsAre("a", "b", "5", "5", "no"));
  EXPECT_THAT(Words("en", "☀️"), ElementsAre("☀️"));
}

TEST(EmojiTest, SaysWhereTheyStand) {
  const std::string text = "a👍🏽b #️⃣ 1️⃣";
  std::vector<std::string> written;
  for (const Token& token : Analyze(*MustCreate("en", true), text)) {
    written.push_back(text.substr(token.begin, token.end - token.begin));
  }
  EXPECT_THAT(written, ElementsAre("a", "👍🏽", "b", "#️⃣", "1️⃣"));
}

TEST(EmojiTest, AreKnownAsSuch) {
  for (const char* word : {"🎄", "❤️", "🇩🇪", "1\u20E3", "👩‍💻", "tree🎄"}) {
    EXPECT_TRUE(HasEmoji(word)) << word;
  }
  for (const char* word : {"", "tree", "1", "café", "圣诞", "서울", "ไทย"}) {
    EXPECT_FALSE(HasEmoji(word)) << word;
  }
}

// Of random runs of what emoji are made of: words analyse to themselves, are not too long, and
// their tones and selectors do not matter.
TEST(EmojiTest, AreWellFormedInAnyRun) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  constexpr const char* kParts[] = {"👩",      "💻",      "❤",      "☝",          "🏴", "🎄",
                                    "\u200D", "\uFE0F", "\uFE0E", "🏽",       "🇩",    "🇪",
                                    "1",      "#",      "\u20E3", "\U000E0067", "a",    " "};
  const auto analyzer = MustCreate("en", true);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = Below(&random, 30); n > 0; --n) {
      text += kParts[Below(&random, std::size(kParts))];
    }
    std::size_t end = 0;
    for (const Token& token : Analyze(*analyzer, text)) {
      ASSERT_LE(end, token.begin) << text;
      ASSERT_LT(token.begin, token.end) << text;
      ASSERT_LE(token.surface.size(), kTokenBytesMax) << text;
      ASSERT_EQ(token.term, token.surface) << text;
      ASSERT_THAT(SurfacesOf(Analyze(*analyzer, token.surface)), ElementsAre(token.surface))
          << text;
      end = token.end;
    }
  }
}

}  // namespace
}  // namespace aisle
