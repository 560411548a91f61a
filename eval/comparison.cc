// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace aisle {
namespace {

// Values as near as this are the same: they are quotients of sums of the same few numbers.
constexpr double kTie = 1e-9;

Run WithoutQueries(const Run& run) {
  Run copy;
  copy.name = run.name;
  copy.source = run.source;
  copy.parameters = run.parameters;
  copy.made_at = run.made_at;
  copy.depth = run.depth;
  copy.documents = run.documents;
  copy.absent = run.absent;
  return copy;
}

absl::Status CheckDepth(const Run& run, const EvaluationOptions& options) {
  for (const Measure& measure : options.measures) {
    if (measure.k <= run.depth) continue;
    return InvalidArgument("{} cannot be measured; the run {} holds {} hits for each query",
                           measure.name, run.name.empty() ? run.source : run.name, run.depth);
  }
  return absl::OkStatus();
}

void TakeCommonQueries(const Run& a, const Run& b, Comparison* comparison) {
  comparison->a = WithoutQueries(a);
  comparison->b = WithoutQueries(b);
  std::map<std::string_view, const QueryRun*> of_a;
  for (const QueryRun& query : a.queries) of_a[query.query] = &query;
  for (const QueryRun& query : b.queries) {
    const auto other = of_a.find(query.query);
    if (other == of_a.end()) {
      ++comparison->only_b;
      continue;
    }
    comparison->regraded += other->second->grades != query.grades;
    comparison->a.queries.push_back(*other->second);
    comparison->a.queries.back().grades = query.grades;
    comparison->b.queries.push_back(query);
  }
  comparison->only_a = a.queries.size() - comparison->a.queries.size();
}

ComparedMeasure CompareMeasure(const MeasuredValues& a, const MeasuredValues& b,
                               const RandomisationOptions& randomisation) {
  ComparedMeasure compared{.measure = a.measure, .a = a.value, .b = b.value};
  std::vector<double> differences;
  for (size_t i = 0; i < a.by_query.size(); ++i) {
    if (!a.by_query[i] || !b.by_query[i]) continue;
    double gained = *b.by_query[i] - *a.by_query[i];
    if (std::abs(gained) < kTie) gained = 0;
    differences.push_back(gained);
    if (gained == 0) {
      ++compared.ties;
    } else if ((gained > 0) != a.measure.lower_is_better()) {
      ++compared.wins;
    } else {
      ++compared.losses;
    }
  }
  if (a.measure.kind == MeasureKind::kLatency) return compared;
  compared.t_test = PairedTTest(differences);
  compared.randomisation = RandomisationTest(differences, randomisation);
  return compared;
}

std::vector<MovedQuery> MovedQueries(const MeasuredValues& a, const MeasuredValues& b) {
  std::vector<MovedQuery> moved;
  for (size_t i = 0; i < a.by_query.size(); ++i) {
    if (!a.by_query[i] || !b.by_query[i]) continue;
    if (std::abs(*a.by_query[i] - *b.by_query[i]) < kTie) continue;
    moved.push_back({i, *a.by_query[i], *b.by_query[i]});
  }
  std::stable_sort(moved.begin(), moved.end(), [](const MovedQuery& x, const MovedQuery& y) {
    return std::abs(x.b - x.a) > std::abs(y.b - y.a);
  });
  return moved;
}

}  // namespace

absl::StatusOr<Comparison> Compare(const Run& a, const Run& b, const EvaluationOptions& options,
                                   const RandomisationOptions& randomisation) {
  RETURN_IF_ERROR(CheckDepth(a, options));
  RETURN_IF_ERROR(CheckDepth(b, options));
  Comparison comparison;
  TakeCommonQueries(a, b, &comparison);
  if (comparison.a.queries.empty()) {
    return InvalidArgument("the two runs have no query in common; take two of the same judgments");
  }
  comparison.evaluation_a = Evaluate(comparison.a, options);
  comparison.evaluation_b = Evaluate(comparison.b, options);
  const auto& values_a = comparison.evaluation_a.measures;
  const auto& values_b = comparison.evaluation_b.measures;
  for (size_t m = 0; m < values_a.size(); ++m) {
    comparison.measures.push_back(CompareMeasure(values_a[m], values_b[m], randomisation));
  }
  comparison.moved = MovedQueries(values_a.front(), values_b.front());
  return comparison;
}

}  // namespace aisle
