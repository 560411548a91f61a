// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "tests/eval/slow_metrics.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

constexpr double kExact = 1e-12;
using Ids = std::vector<std::string>;

GradedRanking Ranking(const Ids& ids, const Grades& grades) {
  return GradeRanking(ids, grades, Unjudged::kIrrelevant);
}

TEST(Metrics, NdcgByHand) {
  const Grades grades = {{"a", 3}, {"b", 1}, {"c", 0}, {"d", 2}};
  const auto ndcg = [&](const Ids& ids, size_t k) {
    return *Ndcg(Ranking(ids, grades), k, Gain::kExponential);
  };
  // Ideal: 7/1 + 3/1.58496 + 1/2 = 9.39279.
  EXPECT_NEAR(ndcg({"a", "d", "b"}, 10), 1.0, kExact);
  // b, x, a: 1/1 + 0 + 7/2 = 4.5.
  EXPECT_NEAR(ndcg({"b", "x", "a"}, 10), 4.5 / 9.392789260714371, kExact);
  EXPECT_NEAR(ndcg({"b", "a"}, 1), 1.0 / 7.0, kExact);
  EXPECT_EQ(ndcg({}, 10), 0);
  // Linear: (1 + 3/2) / (3 + 2/1.58496 + 1/2) = 2.5 / 4.76186.
  EXPECT_NEAR(*Ndcg(Ranking({"b", "x", "a"}, grades), 10, Gain::kLinear), 2.5 / 4.761859507142915,
              kExact);
}

TEST(Metrics, TheOthersByHand) {
  const Grades grades = {{"a", 3}, {"b", 3}, {"c", 1}, {"d", 0}};
  const GradedRanking ranking = Ranking({"x", "a", "c", "b"}, grades);
  EXPECT_EQ(Recall(ranking, 2, 3), 0.5);
  EXPECT_EQ(Recall(ranking, 4, 3), 1);
  EXPECT_EQ(Recall(ranking, 3, 1), 2.0 / 3.0);
  EXPECT_EQ(Precision(ranking, 10, 3), 0.2);
  EXPECT_EQ(Precision(ranking, 2, 3), 0.5);
  EXPECT_EQ(ReciprocalRank(ranking, 10, 3), 0.5);
  EXPECT_EQ(ReciprocalRank(ranking, 1, 3), 0);
  // (1/2 + 2/4) / 2.
  EXPECT_EQ(AveragePrecision(ranking, 10, 3), 0.5);
  EXPECT_EQ(AveragePrecision(ranking, 3, 3), 0.25);
  // Content with probability 0, 7/8, 1/8, 7/8: 7/16 + 1/8 * 1/8 / 3 + 1/8 * 7/8 * 7/8 / 4.
  EXPECT_NEAR(*ExpectedReciprocalRank(ranking, 10, 3), 7.0 / 16 + 1.0 / 192 + 49.0 / 2048, kExact);
  EXPECT_EQ(JudgedPart({"x", "a", "d"}, grades, 3), 2.0 / 3.0);
  EXPECT_EQ(JudgedPart({"x", "a"}, grades, 10), 0.5);
}

TEST(Metrics, NothingToFindIsNoValue) {
  const GradedRanking ranking = Ranking({"a", "b"}, {{"a", 1}, {"b", 0}});
  EXPECT_EQ(Recall(ranking, 10, 2), std::nullopt);
  EXPECT_EQ(Precision(ranking, 10, 2), std::nullopt);
  EXPECT_EQ(AveragePrecision(ranking, 10, 2), std::nullopt);
  EXPECT_EQ(ReciprocalRank(ranking, 10, 2), std::nullopt);
  const GradedRanking zeros = Ranking({"a"}, {{"a", 0}});
  EXPECT_EQ(Ndcg(zeros, 10, Gain::kExponential), std::nullopt);
  EXPECT_EQ(Ndcg(zeros, 10, Gain::kLinear), std::nullopt);
  EXPECT_EQ(ExpectedReciprocalRank(zeros, 10, 3), std::nullopt);
  EXPECT_EQ(JudgedPart({}, {{"a", 1}}, 10), std::nullopt);
}

TEST(Metrics, PercentilesAreNearestRanks) {
  EXPECT_EQ(Percentile({15, 20, 35, 40, 50}, 0.30), 20);
  EXPECT_EQ(Percentile({50, 40, 35, 20, 15}, 0.40), 20);
  EXPECT_EQ(Percentile({15, 20, 35, 40, 50}, 0.50), 35);
  EXPECT_EQ(Percentile({15, 20, 35, 40, 50}, 1.00), 50);
  EXPECT_EQ(Percentile({15, 20, 35, 40, 50}, 0), 15);
  EXPECT_EQ(Percentile({7}, 0.99), 7);
}

// Random pools and rankings; some hits are not judged, some judged products are not hits.
class RandomRankings : public ::testing::Test {
 protected:
  struct Case {
    Grades grades;
    Ids ids;
    size_t k = 1;
    int grade_min = 1;
  };

  int Draw(int min, int max) { return std::uniform_int_distribution<int>(min, max)(random_); }

  Case DrawCase() {
    Case drawn{.k = size_t(Draw(1, 15)), .grade_min = Draw(1, 4)};
    const int products = Draw(1, 25);
    for (int i = 0; i < products; ++i) {
      const std::string id = "p" + std::to_string(i);
      if (Draw(0, 3) > 0) drawn.grades[id] = Draw(0, kGradeMaxDrawn);
      if (Draw(0, 3) > 0) drawn.ids.push_back(id);
    }
    std::shuffle(drawn.ids.begin(), drawn.ids.end(), random_);
    return drawn;
  }

  static constexpr int kRounds = 2000;
  static constexpr int kGradeMaxDrawn = 4;
  std::mt19937 random_{TestSeed()};
};

void ExpectSame(std::optional<double> fast, std::optional<double> slow) {
  ASSERT_EQ(fast.has_value(), slow.has_value());
  if (fast) ASSERT_NEAR(*fast, *slow, kExact);
}

TEST_F(RandomRankings, FastIsSlow) {
  for (int round = 0; round < kRounds; ++round) {
    const Case c = DrawCase();
    for (const Unjudged unjudged : {Unjudged::kIrrelevant, Unjudged::kSkipped}) {
      const GradedRanking ranking = GradeRanking(c.ids, c.grades, unjudged);
      const Ids ids = unjudged == Unjudged::kSkipped ? slow::Condensed(c.ids, c.grades) : c.ids;
      ExpectSame(Ndcg(ranking, c.k, Gain::kExponential), slow::Ndcg(ids, c.grades, c.k, false));
      ExpectSame(Ndcg(ranking, c.k, Gain::kLinear), slow::Ndcg(ids, c.grades, c.k, true));
      ExpectSame(ReciprocalRank(ranking, c.k, c.grade_min),
                 slow::ReciprocalRank(ids, c.grades, c.k, c.grade_min));
      ExpectSame(AveragePrecision(ranking, c.k, c.grade_min),
                 slow::AveragePrecision(ids, c.grades, c.k, c.grade_min));
      ExpectSame(ExpectedReciprocalRank(ranking, c.k, kGradeMaxDrawn),
                 slow::Err(ids, c.grades, c.k, kGradeMaxDrawn));
      ExpectSame(Precision(ranking, c.k, c.grade_min),
                 slow::Precision(ids, c.grades, c.k, c.grade_min));
      ExpectSame(Recall(ranking, c.k, c.grade_min), slow::Recall(ids, c.grades, c.k, c.grade_min));
    }
  }
}

// The measures of an order that only grows better when a better product comes earlier.
std::vector<double> OrderedMeasures(const GradedRanking& ranking, size_t k, int grade_min,
                                    int grade_max) {
  std::vector<double> values;
  for (const auto& value :
       {Ndcg(ranking, k, Gain::kExponential), Ndcg(ranking, k, Gain::kLinear),
        ReciprocalRank(ranking, k, grade_min), AveragePrecision(ranking, k, grade_min),
        ExpectedReciprocalRank(ranking, k, grade_max), Precision(ranking, k, grade_min),
        Recall(ranking, k, grade_min)}) {
    values.push_back(value.value_or(0));
  }
  return values;
}

TEST_F(RandomRankings, ABetterProductEarlierNeverLowersAMeasure) {
  for (int round = 0; round < kRounds; ++round) {
    const Case c = DrawCase();
    if (c.ids.size() < 2) continue;
    GradedRanking ranking = Ranking(c.ids, c.grades);
    size_t early = size_t(Draw(0, int(c.ids.size()) - 2));
    size_t late = size_t(Draw(int(early) + 1, int(c.ids.size()) - 1));
    if (ranking.hits[early] > ranking.hits[late]) continue;
    const auto before = OrderedMeasures(ranking, c.k, c.grade_min, kGradeMaxDrawn);
    std::swap(ranking.hits[early], ranking.hits[late]);
    const auto after = OrderedMeasures(ranking, c.k, c.grade_min, kGradeMaxDrawn);
    for (size_t i = 0; i < before.size(); ++i) EXPECT_GE(after[i], before[i] - kExact) << i;
  }
}

TEST_F(RandomRankings, TheIdealOrderHasNdcg1AndNothingHasMore) {
  for (int round = 0; round < kRounds; ++round) {
    const Case c = DrawCase();
    for (const Gain gain : {Gain::kExponential, Gain::kLinear}) {
      const auto ideal = Ndcg(Ranking(slow::IdealOrder(c.grades), c.grades), c.k, gain);
      const auto value = Ndcg(Ranking(c.ids, c.grades), c.k, gain);
      ASSERT_EQ(ideal.has_value(), value.has_value());
      if (!value) continue;
      EXPECT_NEAR(*ideal, 1, kExact);
      EXPECT_GE(*value, 0);
      EXPECT_LE(*value, 1 + kExact);
    }
  }
}

TEST_F(RandomRankings, ACondensedListIsTheListWithoutItsUnjudgedHits) {
  for (int round = 0; round < kRounds; ++round) {
    Case c = DrawCase();
    const GradedRanking whole = GradeRanking(c.ids, c.grades, Unjudged::kSkipped);
    Ids more = c.ids;
    for (int i = 0; i < 5; ++i) {
      more.insert(more.begin() + Draw(0, int(more.size())), "unjudged" + std::to_string(i));
    }
    EXPECT_EQ(GradeRanking(more, c.grades, Unjudged::kSkipped).hits, whole.hits);
    // It is never worse than the list with them.
    const auto condensed = OrderedMeasures(whole, c.k, c.grade_min, kGradeMaxDrawn);
    const auto full = OrderedMeasures(Ranking(more, c.grades), c.k, c.grade_min, kGradeMaxDrawn);
    for (size_t i = 0; i < full.size(); ++i) EXPECT_GE(condensed[i], full[i] - kExact);
  }
}

TEST_F(RandomRankings, RecallOnlyGrowsWithTheDepth) {
  for (int round = 0; round < kRounds; ++round) {
    const Case c = DrawCase();
    const GradedRanking ranking = Ranking(c.ids, c.grades);
    const auto shallow = Recall(ranking, c.k, c.grade_min);
    const auto deep = Recall(ranking, c.k + size_t(Draw(0, 10)), c.grade_min);
    if (shallow) EXPECT_LE(*shallow, *deep);
  }
}

}  // namespace
}  // namespace aisle
