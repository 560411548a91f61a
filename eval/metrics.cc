// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace aisle {
namespace {

size_t CountRelevant(const std::vector<int>& grades, size_t k, int grade_min) {
  const auto end = grades.begin() + static_cast<ptrdiff_t>(std::min(k, grades.size()));
  return static_cast<size_t>(
      std::count_if(grades.begin(), end, [&](int grade) { return grade >= grade_min; }));
}

size_t CountRelevant(const std::vector<int>& grades, int grade_min) {
  return CountRelevant(grades, grades.size(), grade_min);
}

double DiscountedGain(const std::vector<int>& grades, size_t k, Gain gain) {
  double sum = 0;
  for (size_t i = 0; i < std::min(k, grades.size()); ++i) {
    const double gained = gain == Gain::kLinear ? grades[i] : std::exp2(grades[i]) - 1;
    sum += gained / std::log2(static_cast<double>(i) + 2);
  }
  return sum;
}

}  // namespace

GradedRanking GradeRanking(const std::vector<std::string>& ids, const Grades& grades,
                           Unjudged unjudged) {
  GradedRanking ranking;
  for (const std::string& id : ids) {
    const auto grade = grades.find(id);
    if (grade != grades.end()) {
      ranking.hits.push_back(grade->second);
    } else if (unjudged == Unjudged::kIrrelevant) {
      ranking.hits.push_back(0);
    }
  }
  for (const auto& [id, grade] : grades) ranking.judged.push_back(grade);
  std::sort(ranking.judged.begin(), ranking.judged.end(), std::greater<>());
  return ranking;
}

std::optional<double> Ndcg(const GradedRanking& ranking, size_t k, Gain gain) {
  const double ideal = DiscountedGain(ranking.judged, k, gain);
  if (ideal <= 0) return std::nullopt;
  return DiscountedGain(ranking.hits, k, gain) / ideal;
}

std::optional<double> ReciprocalRank(const GradedRanking& ranking, size_t k, int grade_min) {
  if (CountRelevant(ranking.judged, grade_min) == 0) return std::nullopt;
  for (size_t i = 0; i < std::min(k, ranking.hits.size()); ++i) {
    if (ranking.hits[i] >= grade_min) return 1.0 / static_cast<double>(i + 1);
  }
  return 0;
}

std::optional<double> AveragePrecision(const GradedRanking& ranking, size_t k, int grade_min) {
  const size_t wanted = CountRelevant(ranking.judged, grade_min);
  if (wanted == 0) return std::nullopt;
  double found = 0, sum = 0;
  for (size_t i = 0; i < std::min(k, ranking.hits.size()); ++i) {
    if (ranking.hits[i] >= grade_min) sum += ++found / static_cast<double>(i + 1);
  }
  return sum / static_cast<double>(wanted);
}

std::optional<double> ExpectedReciprocalRank(const GradedRanking& ranking, size_t k,
                                             int grade_max) {
  if (CountRelevant(ranking.judged, 1) == 0) return std::nullopt;
  double expected = 0, goes_on = 1;
  for (size_t i = 0; i < std::min(k, ranking.hits.size()); ++i) {
    const double content = (std::exp2(ranking.hits[i]) - 1) / std::exp2(grade_max);
    expected += goes_on * content / static_cast<double>(i + 1);
    goes_on *= 1 - content;
  }
  return expected;
}

std::optional<double> Precision(const GradedRanking& ranking, size_t k, int grade_min) {
  if (CountRelevant(ranking.judged, grade_min) == 0) return std::nullopt;
  return static_cast<double>(CountRelevant(ranking.hits, k, grade_min)) / static_cast<double>(k);
}

std::optional<double> Recall(const GradedRanking& ranking, size_t k, int grade_min) {
  const size_t wanted = CountRelevant(ranking.judged, grade_min);
  if (wanted == 0) return std::nullopt;
  return static_cast<double>(CountRelevant(ranking.hits, k, grade_min)) /
         static_cast<double>(wanted);
}

std::optional<double> JudgedPart(const std::vector<std::string>& ids, const Grades& grades,
                                 size_t k) {
  const size_t end = std::min(k, ids.size());
  if (end == 0) return std::nullopt;
  const auto judged = std::count_if(ids.begin(), ids.begin() + static_cast<ptrdiff_t>(end),
                                    [&](const std::string& id) { return grades.contains(id); });
  return static_cast<double>(judged) / static_cast<double>(end);
}

double Percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(part * static_cast<double>(values.size()));
  return values[static_cast<size_t>(std::max(rank, 1.0)) - 1];
}

}  // namespace aisle
