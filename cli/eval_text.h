// SPDX-License-Identifier: GPL-3.0-or-later
//
// An evaluation as people read it at a terminal.
#pragma once

#include <cstddef>
#include <string>

#include "eval/evaluation.h"
#include "eval/run.h"

namespace aisle {

struct EvalTextOptions {
  size_t width = 80;
  size_t worst = 10;  // queries that are listed, the worst first
};

std::string EvaluationText(const Run& run, const Evaluation& evaluation,
                           const EvalTextOptions& options);

}  // namespace aisle
