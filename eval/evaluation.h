// SPDX-License-Identifier: GPL-3.0-or-later
//
// Evaluation: the measures of a run, query by query and on the whole, between what a random and
// what the best order of the judged products would reach.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "eval/measure.h"
#include "eval/metrics.h"
#include "eval/run.h"

namespace aisle {

struct EvaluationOptions {
  std::vector<Measure> measures = DefaultMeasures();  // the first is the one that reports sort by
  Unjudged unjudged = Unjudged::kIrrelevant;
  // A product with this grade is relevant, for measures that do not say so themselves. nullopt: the
  // highest grade of the run's judgments.
  std::optional<int> grade_min;
  uint32_t random_orders = 200;  // for each query; 0: no baselines
  uint32_t seed = 1;
};

struct MeasuredValues {
  Measure measure;
  std::vector<std::optional<double>> by_query;  // in the order of the run
  size_t counted = 0;                           // queries that have a value
  double value = 0;                             // their mean, or the percentile; 0 without any
  // What the judged products of the query alone reach in random order (a mean over seeded shuffles)
  // and in the best one. nullopt for measures of another kind.
  std::optional<double> random;
  std::optional<double> ideal;
};

struct Evaluation {
  std::vector<MeasuredValues> measures;
  int grade_min = 1;
  int grade_max = 0;
  Unjudged unjudged = Unjudged::kIrrelevant;
};

// Deterministic: the same run and options give the same values. REQUIRES: `run` has queries,
// `options` measures.
Evaluation Evaluate(const Run& run, const EvaluationOptions& options);

}  // namespace aisle
