// SPDX-License-Identifier: GPL-3.0-or-later
//
// Evaluations, comparisons and gates as people read them at a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "eval/comparison.h"
#include "eval/evaluation.h"
#include "eval/gate.h"
#include "eval/run.h"

namespace aisle {

struct EvalTextOptions {
  size_t width = 80;
  size_t queries = 10;  // that are listed: the worst, or those that moved most
};

std::string EvaluationText(const Run& run, const Evaluation& evaluation,
                           const EvalTextOptions& options);

// With the first hits of the queries that moved most, side by side.
std::string ComparisonText(const Comparison& comparison, const EvalTextOptions& options);

// A line for each gate; empty without gates.
std::string GatesText(const std::vector<GateResult>& gates);

}  // namespace aisle
