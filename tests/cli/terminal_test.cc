// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"

#include <gtest/gtest.h>

namespace aisle {
namespace {

TEST(TerminalTest, GroupsDigits) {
  EXPECT_EQ(GroupDigits(0), "0");
  EXPECT_EQ(GroupDigits(999), "999");
  EXPECT_EQ(GroupDigits(1000), "1,000");
  EXPECT_EQ(GroupDigits(123456), "123,456");
  EXPECT_EQ(GroupDigits(1234567890), "1,234,567,890");
}

TEST(TerminalTest, ClockTimes) {
  EXPECT_EQ(ClockTime(0), "0:00");
  EXPECT_EQ(ClockTime(65.2), "1:05");
  EXPECT_EQ(ClockTime(7380), "2:03:00");
  EXPECT_EQ(ClockTime(-5), "0:00");
  EXPECT_EQ(ClockTime(1e30), "100:00:00");
}

TEST(TerminalTest, DatesAreUtc) {
  EXPECT_EQ(DateText(0), "1970-01-01 00:00");
  EXPECT_EQ(DateText(1719878400), "2024-07-02 00:00");
}

TEST(TerminalTest, OneLineHasNoControlCharacters) {
  EXPECT_EQ(OneLine("a\nb\tc\x1b[0m"), "a b c [0m");
  EXPECT_EQ(OneLine("x\xC2\x9Bz"), "x z");  // U+009B, an escape sequence in one character
  EXPECT_EQ(OneLine("\xC2\xA9 \xC3\xA9"), "\xC2\xA9 \xC3\xA9");
  EXPECT_EQ(OneLine("\xC2"), "\xC2");
}

TEST(TerminalTest, ShortensBetweenCharacters) {
  EXPECT_EQ(Shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(Shorten("abcdefg", 6), "abc...");
  EXPECT_EQ(Shorten("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 4), "\xC3\xA9...");
  EXPECT_EQ(Shorten("abc", 2), "..");
  EXPECT_EQ(Shorten("abc", 0), "");
}

TEST(TerminalTest, TablesAlignTheirColumns) {
  EXPECT_EQ(TextTable({"name", "documents>"}, {{"products", "1,000"}, {"caf\xC3\xA9", "5"}}),
            "name      documents\n"
            "products      1,000\n"
            "caf\xC3\xA9              5\n");
}

}  // namespace
}  // namespace aisle
