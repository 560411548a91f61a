// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> Complete(std::string_view q, const std::vector<std::string>& texts) {
  const auto analyzer = *Analyzer::Create({.locale = "en", .stem = true});
  CompletionGatherer gatherer(q, *analyzer);
  for (const std::string& text : texts) gatherer.Add(text, 1.0);
  return gatherer.Best(10);
}

TEST(Completion, WordsAndPhrasesThatContinueTheLastWord) {
  EXPECT_THAT(Complete("wire", {"Pulse Wireless Headphones"}),
              ElementsAre("wireless", "wireless headphones"));
  EXPECT_THAT(Complete("red sho", {"Red Shoe Rack"}), ElementsAre("red shoe", "red shoe rack"));
}

TEST(Completion, AFinishedWordIsContinuedByTheNextOne) {
  EXPECT_THAT(Complete("running ", {"Trail Running Shoes", "Runninglight"}),
              ElementsAre("running shoes"));
}

TEST(Completion, ASingleWholeWordIsAlsoTheEndOfAPhrase) {
  EXPECT_THAT(Complete("shoe", {"Nordfell Running Shoe, Blue", "Shoe Rack", "9-Shoe"}),
              ElementsAre("shoe rack", "running shoe"));
  EXPECT_THAT(Complete("shoes", {"Running Shoe"}), ElementsAre("running shoe"));
  EXPECT_THAT(Complete("red sho", {"Trail Shoe"}), ElementsAre("red shoe"));
}

TEST(Completion, PhrasesSpanConnectorsButNotCommasOrNumbers) {
  EXPECT_THAT(Complete("sho", {"Shoes for Men"}), Contains("shoes for men"));
  EXPECT_THAT(Complete("head", {"Headphones, Black", "Headphones 40"}), ElementsAre("headphones"));
}

TEST(Completion, WhatIsTypedIsNotOfferedAgain) {
  EXPECT_THAT(Complete("lamp", {"Lamp"}), IsEmpty());
  EXPECT_THAT(Complete("lamp la", {"Lamp Lamp"}), Not(Contains("lamp lamp lamp")));
  EXPECT_THAT(Complete("", {"Lamp"}), IsEmpty());
}

}  // namespace
}  // namespace aisle
