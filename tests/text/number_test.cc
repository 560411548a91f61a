// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/number.h"

#include <gtest/gtest.h>

namespace aisle {
namespace {

TEST(NumberTest, GroupsNeedThreeDigitsAndTheLocalesMark) {
  NumberMark thousand = {
      .mark = ',', .grouping_mark = ',', .left = {.digits = 1}, .right = {.digits = 3}};
  EXPECT_EQ(UseOf(thousand), NumberMarkUse::kGrouping);
  thousand.grouping_mark = '.';
  EXPECT_EQ(UseOf(thousand), NumberMarkUse::kDecimal);
  thousand.grouping_mark = 0;
  EXPECT_EQ(UseOf(thousand), NumberMarkUse::kDecimal);
}

TEST(NumberTest, NumbersThatCannotBeGroupsAreDecimals) {
  const DigitRun three = {.digits = 3};
  EXPECT_EQ(UseOf({.mark = ',', .grouping_mark = ',', .left = {.digits = 4}, .right = three}),
            NumberMarkUse::kDecimal);
  EXPECT_EQ(UseOf({.mark = ',',
                   .grouping_mark = ',',
                   .left = {.digits = 1, .zero_first = true},
                   .right = three}),
            NumberMarkUse::kDecimal);
  EXPECT_EQ(UseOf({.mark = ',', .grouping_mark = ',', .left = three, .right = {.digits = 4}}),
            NumberMarkUse::kDecimal);
}

TEST(NumberTest, LaterGroupsAreWhole) {
  NumberMark second = {.mark = '.',
                       .grouping_mark = '.',
                       .left = {.digits = 3, .zero_first = true, .next_mark = '.'},
                       .right = {.digits = 3}};
  EXPECT_EQ(UseOf(second), NumberMarkUse::kGrouping);
  second.left.digits = 2;
  EXPECT_EQ(UseOf(second), NumberMarkUse::kDecimal);
}

TEST(NumberTest, CommasOfAListSeparate) {
  const DigitRun one = {.digits = 1};
  const DigitRun inner = {.digits = 1, .next_mark = ','};
  EXPECT_EQ(UseOf({.mark = ',', .grouping_mark = ',', .left = one, .right = inner}),
            NumberMarkUse::kSeparator);
  EXPECT_EQ(UseOf({.mark = ',', .grouping_mark = '.', .left = inner, .right = one}),
            NumberMarkUse::kSeparator);
}

TEST(NumberTest, ACommaAfterGroupsIsDecimal) {
  EXPECT_EQ(UseOf({.mark = ',',
                   .grouping_mark = '.',
                   .left = {.digits = 3, .zero_first = true, .next_mark = '.'},
                   .right = {.digits = 2}}),
            NumberMarkUse::kDecimal);
}

}  // namespace
}  // namespace aisle
