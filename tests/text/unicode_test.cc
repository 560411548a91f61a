// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/unicode.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/text/analysis.h"

namespace aisle {
namespace {

// The table of well-formed byte sequences of the Unicode standard (table 3-7), row by row.
bool IsValidByTheBook(std::string_view text) {
  struct Row {
    int first_low, first_high, second_low, second_high;
    std::size_t length;
  };
  constexpr Row kRows[] = {
      {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
      {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
      {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4}};
  std::size_t i = 0;
  while (i < text.size()) {
    const auto byte = [&](std::size_t n) { return static_cast<unsigned char>(text[i + n]); };
    const Row* row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) {
      return byte(0) >= r.first_low && byte(0) <= r.first_high;
    });
    if (row == std::end(kRows) || i + row->length > text.size()) return false;
    if (row->length > 1 && (byte(1) < row->second_low || byte(1) > row->second_high)) return false;
    for (std::size_t n = 2; n < row->length; ++n) {
      if ((byte(n) & 0xC0) != 0x80) return false;
    }
    i += row->length;
  }
  return true;
}

TEST(UnicodeTest, TellsValidUtf8) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("plain ASCII, longer than eight bytes"));
  EXPECT_TRUE(IsValidUtf8("é ह 한 😀 \U0010FFFF"));
  EXPECT_TRUE(IsValidUtf8(std::string_view("a\0b", 3)));
  EXPECT_FALSE(IsValidUtf8("abcdefgh\xFF"));
  EXPECT_FALSE(IsValidUtf8("\xC0\x80"));          // overlong
  EXPECT_FALSE(IsValidUtf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(IsValidUtf8("\xF4\x90\x80\x80"));  // past U+10FFFF
  EXPECT_FALSE(IsValidUtf8("cut \xE2\x82"));
}

TEST(UnicodeTest, TellsValidUtf8AsTheStandardDoes) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  int valid = 0;
  for (int i = 0; i < 200000; ++i) {
    std::string text = RandomUtf8(&random, Below(&random, 6));
    if (Below(&random, 2) == 0 && !text.empty()) {
      text[Below(&random, text.size())] = static_cast<char>(random());
    }
    ASSERT_EQ(IsValidUtf8(text), IsValidByTheBook(text)) << ::testing::PrintToString(text);
    if (IsValidUtf8(text)) ++valid;
  }
  EXPECT_GT(valid, 50000);
  EXPECT_LT(valid, 190000);
}

TEST(UnicodeTest, EveryTwoByteSequenceIsJudgedByTheBook) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text = {static_cast<char>(a), static_cast<char>(b)};
      ASSERT_EQ(IsValidUtf8(text), IsValidByTheBook(text)) << a << ' ' << b;
    }
  }
}

TEST(UnicodeTest, FoldsForSorting) {
  EXPECT_EQ(FoldForSort("Émile & Co. (ÑANDÚ)"), "emile & co. (nandu)");
  EXPECT_EQ(FoldForSort("EMILE"), FoldForSort("émile"));
  EXPECT_EQ(FoldForSort(""), "");
  std::vector<std::string> colours = {"Zinc", "écru", "Ebony", "emerald", "Blue"};
  std::sort(colours.begin(), colours.end(), [](const std::string& a, const std::string& b) {
    return FoldForSort(a) < FoldForSort(b);
  });
  EXPECT_EQ(colours, (std::vector<std::string>{"Blue", "Ebony", "écru", "emerald", "Zinc"}));
}

TEST(UnicodeTest, FoldsDamagedTextToValidText) { EXPECT_EQ(FoldForSort("A\xFFz"), "a\uFFFDz"); }

TEST(UnicodeTest, GivesCodePoints) {
  EXPECT_EQ(ToCodePoints("aé한😀"), U"aé한😀");
  EXPECT_EQ(ToCodePoints("a\xFF"), U"a\uFFFD");
}

}  // namespace
}  // namespace aisle
