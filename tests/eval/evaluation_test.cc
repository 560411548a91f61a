// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/evaluation.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/eval/sample_run.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using ::testing::HasSubstr;

Evaluation EvaluateOne(const Run& run, const std::string& measure, EvaluationOptions options = {}) {
  options.measures = {*ParseMeasure(measure)};
  return Evaluate(run, options);
}

TEST(MeasureTest, ReadsNames) {
  for (const Measure& measure : DefaultMeasures()) {
    EXPECT_EQ(ParseMeasure(measure.name)->kind, measure.kind);
  }
  EXPECT_EQ(ParseMeasure("recall@50:2")->grade_min, 2);
  EXPECT_EQ(ParseMeasure("recall@250")->k, 250u);
  for (const char* bad :
       {"", "ndcg", "ndcg@", "ndcg@0", "ndcg@251", "ndcg@x", "ndcg@10:1", "@10", "recall@5:0",
        "recall@5:", "recall:2@5", "ndcg_@10", "latency_p42", "recall@-5", "zero_results@3"}) {
    EXPECT_FALSE(ParseMeasure(bad).ok()) << bad;
  }
  EXPECT_THAT(std::string(Message(ParseMeasure("ndgc@10").status())), HasSubstr("ndcg@K"));
}

TEST(EvaluationTest, MeansLeaveOutQueriesThatHaveNoValue) {
  const Evaluation evaluation = EvaluateOne(SampleRun(), "mrr@10");
  const MeasuredValues& values = evaluation.measures[0];
  EXPECT_EQ(values.by_query, (std::vector<std::optional<double>>{1, 0.5, 0, std::nullopt}));
  EXPECT_EQ(values.counted, 3u);
  EXPECT_DOUBLE_EQ(values.value, 0.5);
  EXPECT_EQ(evaluation.grade_max, 3);
  EXPECT_EQ(evaluation.grade_min, 3);
}

TEST(EvaluationTest, GradeMinIsTheMeasuresElseTheOptions) {
  EXPECT_DOUBLE_EQ(EvaluateOne(SampleRun(), "precision@2").measures[0].value, 1.0 / 3);
  EXPECT_DOUBLE_EQ(EvaluateOne(SampleRun(), "precision@2:1").measures[0].value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(EvaluateOne(SampleRun(), "precision@2", {.grade_min = 1}).measures[0].value,
                   2.0 / 3);
}

TEST(EvaluationTest, ZeroResultsAndLatency) {
  aisle::Run run = SampleRun();
  for (size_t i = 0; i < run.queries.size(); ++i) run.queries[i].milliseconds = double(i + 1);
  EXPECT_EQ(EvaluateOne(run, "zero_results").measures[0].value, 0.25);
  EXPECT_EQ(EvaluateOne(run, "latency_p50").measures[0].value, 2);
  EXPECT_EQ(EvaluateOne(run, "latency_p99").measures[0].value, 4);
}

// Each place of a random order holds the mean gain on average, so the expected NDCG is known.
TEST(EvaluationTest, TheRandomBaselineIsNearItsExpectedValue) {
  aisle::Run run{.depth = 100};
  std::mt19937 random(TestSeed());
  double expected = 0;
  constexpr int kQueries = 40;
  for (int q = 0; q < kQueries; ++q) {
    Grades grades = {{"top", 3}};
    for (int i = 0; i < 20; ++i) grades["p" + std::to_string(i)] = int(random() % 4);
    double gains = 0, discounts = 0;
    for (const auto& [id, grade] : grades) gains += std::exp2(grade) - 1;
    for (int rank = 1; rank <= 10; ++rank) discounts += 1 / std::log2(rank + 1);
    std::vector<int> falling;
    for (const auto& [id, grade] : grades) falling.push_back(grade);
    std::sort(falling.rbegin(), falling.rend());
    double ideal = 0;
    for (int i = 0; i < 10; ++i) ideal += (std::exp2(falling[size_t(i)]) - 1) / std::log2(i + 2);
    expected += gains / double(grades.size()) * discounts / ideal / kQueries;
    run.queries.push_back(SampleQuery("q" + std::to_string(q), grades, {}));
  }
  const MeasuredValues values = EvaluateOne(run, "ndcg@10").measures[0];
  EXPECT_NEAR(*values.random, expected, 0.01);
  EXPECT_DOUBLE_EQ(*values.ideal, 1);
  EXPECT_EQ(values.value, 0);
  EXPECT_EQ(EvaluateOne(run, "ndcg@10").measures[0].random, values.random);
  EXPECT_NE(EvaluateOne(run, "ndcg@10", {.seed = 2}).measures[0].random, values.random);
}

TEST(EvaluationTest, BaselinesOnlyWhereTheyMeanSomething) {
  for (const char* name : {"zero_results", "latency_p50", "judged@10"}) {
    EXPECT_EQ(EvaluateOne(SampleRun(), name).measures[0].random, std::nullopt) << name;
  }
  EXPECT_EQ(EvaluateOne(SampleRun(), "ndcg@10", {.random_orders = 0}).measures[0].random,
            std::nullopt);
}

}  // namespace
}  // namespace aisle
