// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress_bar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using std::chrono::milliseconds;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(RenderProgressTest, ShowsBarPercentDocumentsRateAndTimeLeft) {
  EXPECT_EQ(RenderProgress({.documents = 123456, .fraction = 0.5}, 4.0, 79),
            "[###############...............]  50%  123,456 documents  30,864/s  0:04 left");
}

TEST(RenderProgressTest, SaysHowManyWereRejected) {
  EXPECT_THAT(RenderProgress({.documents = 10, .rejected = 3, .fraction = 0.1}, 2, 79),
              HasSubstr("3 rejected"));
  EXPECT_THAT(RenderProgress({.documents = 10, .fraction = 0.1}, 2, 79),
              Not(HasSubstr("rejected")));
}

TEST(RenderProgressTest, WithoutASizeThereIsNoBarAndNoTimeLeft) {
  EXPECT_EQ(RenderProgress({.documents = 5000}, 65.0, 79), "5,000 documents  76/s  1:05");
}

TEST(RenderProgressTest, NoTimeLeftBeforeTheRateHasSettled) {
  EXPECT_THAT(RenderProgress({.documents = 5, .fraction = 0.01}, 0.2, 79), Not(HasSubstr("left")));
}

TEST(RenderProgressTest, FitsIntoAnyWidth) {
  for (const double fraction : {-1.0, 0.0, 0.001, 0.5, 0.999, 1.0, 7.0}) {
    for (size_t width = 0; width <= 200; ++width) {
      const std::string line = RenderProgress(
          {.documents = 1234567890, .rejected = 1234567, .fraction = fraction}, 123456.0, width);
      EXPECT_LE(line.size(), width) << line;
    }
  }
  const std::string narrow = RenderProgress({.documents = 10, .fraction = 0.25}, 10, 40);
  EXPECT_THAT(narrow, StartsWith(" 25%"));
}

class ProgressBarTest : public ::testing::Test {
 protected:
  ProgressBarOptions Options() {
    return {.write = [this](std::string_view text) { writes_.emplace_back(text); },
            .now = [this] { return now_; }};
  }

  std::chrono::steady_clock::time_point now_{};
  std::vector<std::string> writes_;
};

TEST_F(ProgressBarTest, DrawsAtMostTenTimesASecond) {
  ProgressBar bar(Options());
  for (int i = 0; i < 10000; ++i) {
    bar.Update({.documents = static_cast<uint64_t>(i), .fraction = i / 10000.0});
    now_ += milliseconds(1);
  }
  EXPECT_GE(writes_.size(), 90);
  EXPECT_LE(writes_.size(), 100);
}

TEST_F(ProgressBarTest, RedrawsOneLineWithin80ColumnsAndClearsIt) {
  {
    ProgressBar bar(Options());
    now_ += milliseconds(1500);
    bar.Update({.documents = 1000, .fraction = 0.3});
    ASSERT_EQ(writes_.size(), 1);
    EXPECT_THAT(writes_[0], StartsWith("\r["));
    EXPECT_THAT(writes_[0], EndsWith("\x1b[K"));
    EXPECT_LT(writes_[0].size(), 80 + std::string_view("\r\x1b[K").size());
  }
  ASSERT_EQ(writes_.size(), 2);
  EXPECT_EQ(writes_[1], "\r\x1b[K");
}

TEST_F(ProgressBarTest, ShortRunsAndDisabledBarsWriteNothing) {
  {
    ProgressBar bar(Options());
    bar.Update({.documents = 1});
  }
  ProgressBarOptions disabled = Options();
  disabled.enabled = false;
  {
    ProgressBar bar(disabled);
    now_ += milliseconds(5000);
    bar.Update({.documents = 1});
    EXPECT_FALSE(bar.due());
  }
  EXPECT_TRUE(writes_.empty());
}

}  // namespace
}  // namespace aisle
