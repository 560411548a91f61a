// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/metrics.h"

#include <gtest/gtest.h>

#include "eval/judgments.h"

namespace aisle {
namespace {

TEST(Metrics, NdcgByHand) {
  const std::map<std::string, int> grades = {{"a", 3}, {"b", 1}, {"c", 0}, {"d", 2}};
  // Ideal: 7/1 + 3/1.58496 + 1/2 = 9.39279.
  EXPECT_NEAR(Ndcg({"a", "d", "b"}, grades, 10), 1.0, 1e-12);
  // b, x, a: 1/1 + 0 + 7/2 = 4.5.
  EXPECT_NEAR(Ndcg({"b", "x", "a"}, grades, 10), 4.5 / 9.392789260714371, 1e-12);
  EXPECT_NEAR(Ndcg({"b", "a"}, grades, 1), 1.0 / 7.0, 1e-12);
  EXPECT_EQ(Ndcg({}, grades, 10), 0);
  EXPECT_EQ(Ndcg({"c"}, {{"c", 0}}, 10), 0);
}

TEST(Metrics, RecallByHand) {
  const std::map<std::string, int> grades = {{"a", 3}, {"b", 3}, {"c", 1}};
  EXPECT_EQ(Recall({"x", "a", "b"}, grades, 2, 3), 0.5);
  EXPECT_EQ(Recall({"x", "a", "b"}, grades, 3, 3), 1);
  EXPECT_EQ(Recall({}, {{"c", 1}}, 3, 3), 1);
}

TEST(Judgments, ReadsLinesAndNamesBadOnes) {
  const auto judgments =
      ReadJudgments("query\tproduct_id\tgrade\nred lamp\tp1\t3\nred lamp\tp2\t0\n");
  ASSERT_TRUE(judgments.ok());
  EXPECT_EQ(judgments->at("red lamp").at("p1"), 3);
  for (const char* bad : {"a\tb\n", "a\tb\tc\n", "a\tb\t-1\n", "a b 3"}) {
    EXPECT_FALSE(ReadJudgments(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace aisle
