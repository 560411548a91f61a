// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/judgments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::HasSubstr;

std::string ErrorOf(const absl::StatusOr<Judgments>& judgments) {
  return judgments.ok() ? "" : std::string(Message(judgments.status()));
}

TEST(ReadJudgmentsTest, ReadsLinesWithOrWithoutAHeader) {
  const Judgments expected = {{"red lamp", {{"p1", 3}, {"p2", 0}}}, {"x", {{"p1", 30}}}};
  const std::string lines = "red lamp\tp1\t3\nred lamp\tp2\t0\nx\tp1\t30";
  EXPECT_EQ(*ReadJudgments(lines), expected);
  EXPECT_EQ(*ReadJudgments("query\tproduct_id\tgrade\n" + lines + "\n"), expected);
  EXPECT_EQ(*ReadJudgments("query\tasin\trelevance\n" + lines), expected);
  EXPECT_EQ(*ReadJudgments("\xEF\xBB\xBF\n" + lines), expected);
}

TEST(ReadJudgmentsTest, TakesLineEndsOfWindowsAndBlankLines) {
  EXPECT_EQ(*ReadJudgments("a\tb\t1\r\n\r\n \n\na\tc\t2\r\n"),
            (Judgments{{"a", {{"b", 1}, {"c", 2}}}}));
}

TEST(ReadJudgmentsTest, AQueryNamedQueryIsNoHeader) {
  EXPECT_EQ(*ReadJudgments("query\tb\t1\n"), (Judgments{{"query", {{"b", 1}}}}));
  EXPECT_THAT(ErrorOf(ReadJudgments("a\tb\t1\nquery\tb\tgrade\n")), HasSubstr("line 2"));
}

TEST(ReadJudgmentsTest, NamesTheLineThatIsNone) {
  for (const char* bad : {"a\tb", "a\tb\tc", "a b 3", "a\tb\t1\tx", "\tb\t1", "a\t\t1", "a\tb\t",
                          "a\tb\t1.5", "a\tb\t 1", "a\tb\t99999999999"}) {
    EXPECT_THAT(ErrorOf(ReadJudgments(std::string("q\tp\t1\n\n") + bad + "\nq\tp\t1\n")),
                HasSubstr("line 3: expected `query<tab>product_id<tab>grade`"))
        << bad;
  }
  EXPECT_THAT(ErrorOf(ReadJudgments("a\tb\t-1\n")), HasSubstr("line 1: the grade is -1"));
  EXPECT_THAT(ErrorOf(ReadJudgments("a\tb\t31\n")), HasSubstr("allowed are 0..30"));
  EXPECT_THAT(ErrorOf(ReadJudgments("a\xFF\tb\t1\n")), HasSubstr("UTF-8"));
  EXPECT_THAT(ErrorOf(ReadJudgments("\xFF\n")), HasSubstr("UTF-8"));
  EXPECT_THAT(ErrorOf(ReadJudgments("")), HasSubstr("no judgment"));
  EXPECT_THAT(ErrorOf(ReadJudgments("query\tproduct_id\tgrade\n")), HasSubstr("no judgment"));
}

TEST(ReadJudgmentsTest, TheSameTwiceIsFineButTwoGradesAreNot) {
  EXPECT_EQ(*ReadJudgments("a\tb\t1\na\tb\t1\n"), (Judgments{{"a", {{"b", 1}}}}));
  EXPECT_THAT(ErrorOf(ReadJudgments("a\tb\t1\nx\ty\t1\na\tb\t2\n")),
              HasSubstr("line 3: `b` has grade 2 for `a`, and 1 on line 1"));
}

TEST(ReadQrelsTest, JoinsTopicsAndJudgments) {
  const Judgments expected = {{"red lamp", {{"p1", 2}, {"p2", 0}, {"p3", 0}}}};
  EXPECT_EQ(
      *ReadQrels("7 0 p1 2\n7\t0\tp2\t0\n7  Q0 p3 0\n", "topic\tquery\n7\tred lamp\n8\tunused\n"),
      expected);
  EXPECT_EQ(*ReadQrels("7 0 p1 2\r\n7 0 p2 -1\n7 0 p3 -2\n", "7\tred lamp\n"), expected);
}

TEST(ReadQrelsTest, NamesTheLineThatIsNone) {
  for (const char* bad : {"7 0 p1", "7 0 p1 x", "7 0 p1 1 2"}) {
    EXPECT_THAT(ErrorOf(ReadQrels(std::string("7 0 p1 2\n") + bad, "7\tx")),
                HasSubstr("line 2: expected `topic 0 docno grade`"))
        << bad;
  }
  EXPECT_THAT(ErrorOf(ReadQrels("7 0 p1 2\n9 0 p1 2", "7\tx")), HasSubstr("line 2: the topics"));
  EXPECT_THAT(ErrorOf(ReadQrels("7 0 p1 2", "7 x")), HasSubstr("topics: line 1: expected"));
  EXPECT_THAT(ErrorOf(ReadQrels("7 0 p1 2", "7\tx\n7\ty")), HasSubstr("topics: line 2"));
  EXPECT_THAT(ErrorOf(ReadQrels("7 0 p1 2", "7\tx\n8\tx")), HasSubstr("the topics 7 and 8"));
}

TEST(DetectJudgmentFormatTest, GoesByTheFirstLine) {
  EXPECT_EQ(DetectJudgmentFormat("query\tproduct_id\tgrade\n"), JudgmentFormat::kTsv);
  EXPECT_EQ(DetectJudgmentFormat("a 0 b\tc\t1\n"), JudgmentFormat::kTsv);
  EXPECT_EQ(DetectJudgmentFormat("\n401 0 FBIS3-10009 0\n"), JudgmentFormat::kQrels);
  EXPECT_EQ(DetectJudgmentFormat("401 Q0 FBIS3-10009 0\n"), JudgmentFormat::kQrels);
  EXPECT_EQ(DetectJudgmentFormat("401\t0\tFBIS3-10009\t1\n"), JudgmentFormat::kQrels);
  EXPECT_EQ(DetectJudgmentFormat("nonsense"), JudgmentFormat::kTsv);
  EXPECT_EQ(DetectJudgmentFormat(""), JudgmentFormat::kTsv);
}

TEST(HighestGradeTest, OfAllQueries) {
  EXPECT_EQ(HighestGrade({{"a", {{"b", 1}, {"c", 2}}}, {"d", {{"b", 0}}}}), 2);
  EXPECT_EQ(HighestGrade({}), 0);
}

}  // namespace
}  // namespace aisle
