// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eval/comparison_page.h"
#include "eval/evaluation_page.h"
#include "eval/gate.h"
#include "eval/html_page.h"
#include "eval/json_report.h"
#include "eval/junit_report.h"
#include "tests/eval/sample_run.h"

namespace aisle {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

EvaluationOptions Only(const char* measure) { return {.measures = {*ParseMeasure(measure)}}; }

// The sample with the reversed query set right, the perfect one reversed, and one more query.
Run ChangedRun() {
  aisle::Run run = SampleRun();
  run.name = "changed";
  std::swap(run.queries[0].hits[0], run.queries[0].hits[1]);
  std::swap(run.queries[1].hits[0], run.queries[1].hits[1]);
  run.queries[2].hits = {{"a", "found now"}};
  run.queries[2].found = 1;
  run.queries.push_back(SampleQuery("only here", {{"a", 1}}, {}));
  return run;
}

TEST(CompareTest, CountsWinsAndLossesOverTheCommonQueries) {
  const auto comparison = Compare(SampleRun(), ChangedRun(), Only("mrr@10"));
  ASSERT_TRUE(comparison.ok());
  const ComparedMeasure& mrr = comparison->measures[0];
  EXPECT_EQ(mrr.wins, 2u);
  EXPECT_EQ(mrr.losses, 1u);
  EXPECT_EQ(mrr.ties, 0u);
  EXPECT_DOUBLE_EQ(mrr.a, 0.5);
  EXPECT_DOUBLE_EQ(mrr.b, 2.5 / 3);
  EXPECT_DOUBLE_EQ(*mrr.t_test, PairedTTest({-0.5, 0.5, 1}));
  EXPECT_EQ(mrr.randomisation, 0.75);  // |sum| >= 1: of 8 only two have 0
  EXPECT_EQ(comparison->only_a, 0u);
  EXPECT_EQ(comparison->only_b, 1u);
  ASSERT_EQ(comparison->moved.size(), 3u);
  EXPECT_EQ(comparison->b.queries[comparison->moved[0].index].query, "nothing found");
}

TEST(CompareTest, LessIsBetterWhereItIs) {
  const auto comparison = Compare(SampleRun(), ChangedRun(), Only("zero_results"));
  EXPECT_EQ(comparison->measures[0].wins, 1u);
  EXPECT_EQ(comparison->measures[0].losses, 0u);
  EXPECT_DOUBLE_EQ(comparison->measures[0].gained(), 0.25);
  EXPECT_EQ(Compare(SampleRun(), ChangedRun(), Only("latency_p95"))->measures[0].t_test,
            std::nullopt);
}

TEST(CompareTest, ARunIsTheSameAsItself) {
  const auto comparison = Compare(SampleRun(), SampleRun(), EvaluationOptions());
  for (const ComparedMeasure& measure : comparison->measures) {
    EXPECT_EQ(measure.wins + measure.losses, 0u);
    EXPECT_EQ(measure.t_test.value_or(1), 1);
    EXPECT_EQ(measure.randomisation.value_or(1), 1);
  }
  EXPECT_TRUE(comparison->moved.empty());
}

TEST(CompareTest, TheJudgmentsOfBCount) {
  aisle::Run b = SampleRun();
  b.queries[0].grades = {{"b", 3}};
  const auto comparison = Compare(SampleRun(), b, Only("mrr@10"));
  EXPECT_EQ(comparison->regraded, 1u);
  EXPECT_EQ(comparison->evaluation_a.measures[0].by_query[0], 0.5);
  EXPECT_EQ(comparison->measures[0].gained(), 0);
}

TEST(CompareTest, RefusesWhatCannotBeCompared) {
  aisle::Run other = SampleRun();
  other.queries = {SampleQuery("another", {{"a", 1}}, {})};
  EXPECT_THAT(std::string(Message(Compare(SampleRun(), other, Only("mrr@10")).status())),
              HasSubstr("no query in common"));
  EXPECT_THAT(std::string(Message(Compare(SampleRun(), SampleRun(), Only("mrr@200")).status())),
              HasSubstr("holds 100 hits"));
}

std::vector<GateResult> CheckOne(GateKind kind, const char* text, const Run& a, const Run& b) {
  const Gate gate = *ParseGate(kind, text, *ParseMeasure("mrr@10"));
  const auto comparison = Compare(a, b, {.measures = {gate.measure}});
  return CheckGates({gate}, comparison->evaluation_b, &*comparison);
}

bool Passes(GateKind kind, const char* text) {
  return CheckOne(kind, text, SampleRun(), SampleRun())[0].passed;
}

TEST(GateTest, LevelsAreInclusive) {
  EXPECT_TRUE(Passes(GateKind::kFailBelow, "mrr@10=0.5"));
  EXPECT_FALSE(Passes(GateKind::kFailBelow, "mrr@10=0.5001"));
  EXPECT_TRUE(Passes(GateKind::kFailAbove, "zero_results=0.25"));
  EXPECT_FALSE(Passes(GateKind::kFailAbove, "zero_results=0.2499"));
  EXPECT_TRUE(Passes(GateKind::kFailAbove, "latency_p95=0.5"));
}

TEST(GateTest, ADropIsMeasuredInTheDirectionThatIsWorse) {
  const aisle::Run before = ChangedRun(),
                   after = SampleRun();  // mrr drops by 1/3, zero results grow
  EXPECT_FALSE(CheckOne(GateKind::kMaxDrop, "0.33", before, after)[0].passed);
  EXPECT_TRUE(CheckOne(GateKind::kMaxDrop, "0.34", before, after)[0].passed);
  EXPECT_TRUE(CheckOne(GateKind::kMaxDrop, "0", after, before)[0].passed);
  EXPECT_FALSE(CheckOne(GateKind::kMaxDrop, "zero_results=0.2", before, after)[0].passed);
  EXPECT_TRUE(CheckOne(GateKind::kMaxDrop, "zero_results=0", after, before)[0].passed);
}

TEST(GateTest, AMeasureWithoutAValueFails) {
  aisle::Run run = SampleRun();
  run.queries = {SampleQuery("nothing relevant", {{"a", 0}}, {"x"})};
  const auto results = CheckOne(GateKind::kFailBelow, "mrr@10=0", run, run);
  EXPECT_FALSE(results[0].passed);
  EXPECT_THAT(results[0].explanation, HasSubstr("no query"));
}

TEST(GateTest, RefusesWhatIsNoGate) {
  const Measure otherwise = *ParseMeasure("ndcg@10");
  for (const char* bad : {"ndcg@10", "ndcg@10=", "ndcg@10=x", "ndcg@10=-1", "ndcg@10=nan", "=0.5",
                          "0.5", "ndcg=0.5", "ndcg@10=0.5=0.6", "ndcg@10=inf"}) {
    EXPECT_FALSE(ParseGate(GateKind::kFailBelow, bad, otherwise).ok()) << bad;
  }
  EXPECT_FALSE(ParseGate(GateKind::kFailBelow, "zero_results=0.1", otherwise).ok());
  EXPECT_FALSE(ParseGate(GateKind::kFailAbove, "ndcg@10=0.1", otherwise).ok());
  EXPECT_EQ(ParseGate(GateKind::kMaxDrop, "0.005", otherwise)->measure.name, "ndcg@10");
  EXPECT_EQ(ParseGate(GateKind::kMaxDrop, "0.005", otherwise)->Name(),
            "ndcg@10 drops by at most 0.005");
}

TEST(ReportsTest, EscapeWhatTheyShow) {
  aisle::Run run = SampleRun();
  run.name = "<script>alert(1)</script>";
  run.queries[0].query = "a \"quoted\" & <b>bold</b>";
  run.queries[0].hits[0].title = "</details><img src=x>\x01";
  const auto comparison = Compare(SampleRun(), run, EvaluationOptions());
  const auto gates = CheckOne(GateKind::kFailBelow, "mrr@10=0.9", run, run);
  for (const std::string& page :
       {EvaluationPage(run, Evaluate(run, {}), gates), ComparisonPage(*comparison, gates),
        JunitReport(run.name, gates)}) {
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(page, Not(HasSubstr("<b>bold")));
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("\x01")));
    EXPECT_THAT(page, Not(HasSubstr("http://")));
    EXPECT_THAT(page, Not(HasSubstr("https://")));
  }
  EXPECT_EQ(EscapeHtml("<a href='x'>&\"\x7f\n"),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\xEF\xBF\xBD\n");
}

TEST(ReportsTest, JunitCountsTests) {
  const auto gates = CheckOne(GateKind::kFailBelow, "mrr@10=0.9", SampleRun(), SampleRun());
  const std::string xml = JunitReport("sample", gates);
  EXPECT_THAT(xml, HasSubstr("tests=\"1\" failures=\"1\""));
  EXPECT_THAT(xml, HasSubstr("name=\"mrr@10 &gt;= 0.9\""));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"0.5000, 0.4000 below the level\">"));
  EXPECT_THAT(JunitReport("sample", {}), HasSubstr("tests=\"0\" failures=\"0\""));
}

TEST(ReportsTest, JsonIsJson) {
  const Evaluation evaluation = Evaluate(SampleRun(), {});
  const Json json = *ParseJson(EvaluationJson(SampleRun(), evaluation, {}));
  EXPECT_EQ(json.Find("measures")->Find("mrr@10")->Find("value")->as_double(), 0.5);
  EXPECT_EQ(json.Find("queries")->as_array().size(), 4u);
  EXPECT_TRUE(json.Find("queries")->as_array()[3].Find("measures")->Find("mrr@10")->is_null());
  const auto comparison = Compare(SampleRun(), ChangedRun(), EvaluationOptions());
  const Json compared = *ParseJson(ComparisonJson(*comparison, {}));
  EXPECT_TRUE(compared.Find("measures")->Find("latency_p50")->Find("t_test")->is_null());
  EXPECT_EQ(compared.Find("moved")->as_array().size(), comparison->moved.size());
}

}  // namespace
}  // namespace aisle
