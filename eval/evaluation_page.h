// SPDX-License-Identifier: GPL-3.0-or-later
//
// The HTML report of one run: measures between random and best order, how the first measure spreads
// over the queries, and every query with its hits.
#pragma once

#include <string>
#include <vector>

#include "eval/evaluation.h"
#include "eval/gate.h"
#include "eval/run.h"

namespace aisle {

std::string EvaluationPage(const Run& run, const Evaluation& evaluation,
                           const std::vector<GateResult>& gates);

}  // namespace aisle
