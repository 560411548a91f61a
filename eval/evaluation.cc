// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/evaluation.h"

#include <algorithm>
#include <functional>
#include <random>

namespace aisle {
namespace {

struct Scale {
  int grade_min = 1;
  int grade_max = 0;
};

Scale ScaleOf(const Run& run, const EvaluationOptions& options) {
  Scale scale;
  for (const QueryRun& query : run.queries) {
    for (const auto& [id, grade] : query.grades) scale.grade_max = std::max(scale.grade_max, grade);
  }
  scale.grade_min = std::max(1, options.grade_min.value_or(scale.grade_max));
  return scale;
}

std::optional<double> RankedValue(const Measure& measure, const GradedRanking& ranking,
                                  const Scale& scale) {
  const int grade_min = measure.grade_min > 0 ? measure.grade_min : scale.grade_min;
  switch (measure.kind) {
    case MeasureKind::kNdcg:
      return Ndcg(ranking, measure.k, Gain::kExponential);
    case MeasureKind::kNdcgLinear:
      return Ndcg(ranking, measure.k, Gain::kLinear);
    case MeasureKind::kReciprocalRank:
      return ReciprocalRank(ranking, measure.k, grade_min);
    case MeasureKind::kAveragePrecision:
      return AveragePrecision(ranking, measure.k, grade_min);
    case MeasureKind::kErr:
      return ExpectedReciprocalRank(ranking, measure.k, scale.grade_max);
    case MeasureKind::kPrecision:
      return Precision(ranking, measure.k, grade_min);
    case MeasureKind::kRecall:
      return Recall(ranking, measure.k, grade_min);
    case MeasureKind::kJudged:
    case MeasureKind::kZeroResults:
    case MeasureKind::kLatency:
      break;
  }
  return std::nullopt;
}

std::optional<double> QueryValue(const Measure& measure, const QueryRun& query,
                                 const GradedRanking& ranking, const Scale& scale) {
  switch (measure.kind) {
    case MeasureKind::kJudged:
      return JudgedPart(query.ids(), query.grades, measure.k);
    case MeasureKind::kZeroResults:
      return query.found == 0 ? 1 : 0;
    case MeasureKind::kLatency:
      return query.milliseconds;
    default:
      return RankedValue(measure, ranking, scale);
  }
}

// Adds up values and counts them.
struct Mean {
  double sum = 0;
  size_t count = 0;

  void Add(const std::optional<double>& value) {
    if (!value) return;
    sum += *value;
    ++count;
  }
  double value() const { return count == 0 ? 0 : sum / static_cast<double>(count); }
};

void Summarise(MeasuredValues* values) {
  Mean mean;
  std::vector<double> all;
  for (const std::optional<double>& value : values->by_query) {
    mean.Add(value);
    if (value) all.push_back(*value);
  }
  values->counted = mean.count;
  values->value = mean.value();
  if (values->measure.kind == MeasureKind::kLatency && !all.empty()) {
    values->value = Percentile(std::move(all), values->measure.percentile);
  }
}

// The judged products of each query in random orders and in the best one. All measures see the same
// orders.
void AddBaselines(const std::vector<GradedRanking>& rankings, const Scale& scale,
                  const EvaluationOptions& options, Evaluation* evaluation) {
  std::vector<Mean> random(evaluation->measures.size()), ideal(evaluation->measures.size());
  std::mt19937 generator(options.seed);
  for (const GradedRanking& ranking : rankings) {
    GradedRanking order{ranking.judged, ranking.judged};
    std::vector<Mean> of_query(evaluation->measures.size());
    for (size_t m = 0; m < of_query.size(); ++m) {
      ideal[m].Add(RankedValue(evaluation->measures[m].measure, order, scale));
    }
    for (uint32_t round = 0; round < options.random_orders; ++round) {
      std::shuffle(order.hits.begin(), order.hits.end(), generator);
      for (size_t m = 0; m < of_query.size(); ++m) {
        of_query[m].Add(RankedValue(evaluation->measures[m].measure, order, scale));
      }
    }
    for (size_t m = 0; m < of_query.size(); ++m) {
      if (of_query[m].count > 0) random[m].Add(of_query[m].value());
    }
  }
  for (size_t m = 0; m < random.size(); ++m) {
    MeasuredValues& values = evaluation->measures[m];
    if (!values.measure.has_baselines() || values.counted == 0) continue;
    values.random = random[m].value();
    values.ideal = ideal[m].value();
  }
}

}  // namespace

Evaluation Evaluate(const Run& run, const EvaluationOptions& options) {
  const Scale scale = ScaleOf(run, options);
  Evaluation evaluation{
      .grade_min = scale.grade_min, .grade_max = scale.grade_max, .unjudged = options.unjudged};
  std::vector<GradedRanking> rankings;
  for (const QueryRun& query : run.queries) {
    rankings.push_back(GradeRanking(query.ids(), query.grades, options.unjudged));
  }
  for (const Measure& measure : options.measures) {
    MeasuredValues values{.measure = measure};
    for (size_t i = 0; i < run.queries.size(); ++i) {
      values.by_query.push_back(QueryValue(measure, run.queries[i], rankings[i], scale));
    }
    Summarise(&values);
    evaluation.measures.push_back(std::move(values));
  }
  if (options.random_orders > 0) AddBaselines(rankings, scale, options, &evaluation);
  return evaluation;
}

}  // namespace aisle
