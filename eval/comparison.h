// SPDX-License-Identifier: GPL-3.0-or-later
//
// Comparison: two runs over the queries that both of them have, measure by measure and query by
// query.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/status.h"
#include "eval/evaluation.h"
#include "eval/significance.h"

namespace aisle {

struct ComparedMeasure {
  Measure measure;
  double a = 0, b = 0;  // over the common queries
  // The probability that such a difference of means comes by chance; nullopt for latencies, whose
  // percentiles are no means.
  std::optional<double> t_test;
  std::optional<double> randomisation;
  size_t wins = 0;  // queries for which b is better
  size_t losses = 0;
  size_t ties = 0;

  // What b gained, in the measure's own direction: below 0 b is worse.
  double gained() const { return measure.lower_is_better() ? a - b : b - a; }
};

// A query whose first measure changed.
struct MovedQuery {
  size_t index = 0;  // in Comparison::a and b
  double a = 0, b = 0;
};

struct Comparison {
  // The runs with their common queries only, in the same order and with the same grades.
  Run a, b;
  Evaluation evaluation_a, evaluation_b;
  std::vector<ComparedMeasure> measures;
  std::vector<MovedQuery> moved;  // those that moved most first
  size_t only_a = 0, only_b = 0;  // queries that the other run lacks
  size_t regraded = 0;            // common queries whose judgments differ: those of b count
};

// InvalidArgument if the runs have no query in common, or if one of them is not deep enough for a
// measure.
absl::StatusOr<Comparison> Compare(const Run& a, const Run& b, const EvaluationOptions& options,
                                   const RandomisationOptions& randomisation = {});

}  // namespace aisle
