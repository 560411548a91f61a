// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/fold.h"

#include <gtest/gtest.h>

#include "tests/text/analysis.h"
#include "text/unicode.h"

namespace aisle {
namespace {

std::string CaseFolded(std::string_view text) {
  std::string folded;
  FoldCase(text, &folded);
  return folded;
}

std::string Plain(std::string_view text) {
  std::string plain;
  RemoveAccents(CaseFolded(text), &plain);
  return plain;
}

std::string OneChar(char32_t c) {
  std::string text;
  AppendChar(c, &text);
  return text;
}

bool IsScalar(char32_t c) { return c < 0xD800 || c > 0xDFFF; }

TEST(FoldTest, FoldsCaseAndKeepsAccents) {
  EXPECT_EQ(CaseFolded("ÉCOLE Straße ＡＢＣ ﬁ Σς"), "école strasse abc fi σσ");
  EXPECT_EQ(CaseFolded("e\u0301"), "é");
  EXPECT_EQ(CaseFolded("٤२４"), "424");
}

TEST(FoldTest, RemovesAccentsByScript) {
  EXPECT_EQ(Plain("Crème Brûlée Łódź Ørsted Þór"), "creme brulee lodz orsted thor");
  EXPECT_EQ(Plain("ёй їў е\u0301"), "ей їў е");
  EXPECT_EQ(Plain("آأإؤئ"), "اااؤئ");
  EXPECT_EQ(Plain("ガぱ ป่า की"), "ガぱ ป่า की");
  EXPECT_EQ(Plain("삼성"), "삼성");
}

TEST(FoldTest, LowersTurkishI) {
  std::string lowered;
  LowerTurkishI("IŞIK İZ iz\xC4", &lowered);
  EXPECT_EQ(lowered, "ıŞıK iZ iz\xC4");
}

// Every character, alone: folding what is folded changes nothing, and the answer is valid UTF-8.
TEST(FoldTest, FoldingAgainChangesNothing) {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (!IsScalar(c)) continue;
    const std::string once = FoldForSort(OneChar(c));
    ASSERT_EQ(FoldForSort(once), once) << std::hex << static_cast<uint32_t>(c);
    ASSERT_TRUE(IsValidUtf8(once));
  }
}

TEST(FoldTest, FoldingRandomTextAgainChangesNothing) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = RandomUtf8(&random, Below(&random, 12));
    const std::string once = FoldForSort(text);
    ASSERT_EQ(FoldForSort(once), once) << text;
  }
}

// A CJK character at the end takes the whole text past the table of the common alphabets.
TEST(FoldTest, TheTableAnswersAsIcu) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  for (int i = 0; i < 50000; ++i) {
    std::string text;
    for (std::size_t n = Below(&random, 10); n > 0; --n) {
      AppendChar(static_cast<char32_t>(Below(&random, 0x530)), &text);
    }
    ASSERT_EQ(CaseFolded(text) + "一", CaseFolded(text + "一")) << text;
    ASSERT_EQ(Plain(text) + "一", Plain(text + "一")) << text;
  }
}

}  // namespace
}  // namespace aisle
