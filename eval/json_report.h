// SPDX-License-Identifier: GPL-3.0-or-later
//
// Evaluations and comparisons as one JSON object for scripts. Values are not rounded; what has no
// value is null.
#pragma once

#include <string>
#include <vector>

#include "eval/comparison.h"
#include "eval/evaluation.h"
#include "eval/gate.h"
#include "eval/run.h"

namespace aisle {

// {"name", "source", "parameters", "grade_min", "grade_max", "unjudged", "measures": {NAME:
// {"value", "random", "ideal", "queries"}}, "gates": [...], "queries": [{"query", "found",
// "milliseconds", "measures": {NAME: value}}]}
std::string EvaluationJson(const Run& run, const Evaluation& evaluation,
                           const std::vector<GateResult>& gates);

// {"a", "b", "queries", "only_a", "only_b", "regraded", "measures": {NAME: {"a", "b", "difference",
// "t_test", "randomisation", "wins", "losses", "ties"}}, "gates": [...], "moved": [{"query", "a",
// "b", "hits_a": [id], "hits_b": [id]}]}; `moved` goes by the first measure.
std::string ComparisonJson(const Comparison& comparison, const std::vector<GateResult>& gates);

}  // namespace aisle
