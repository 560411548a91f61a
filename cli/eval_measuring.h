// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `aisle eval` and `aisle eval compare` have in common: the options that say what is measured
// and which gates there are, and where the reports go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"

#include "core/status.h"
#include "eval/comparison.h"
#include "eval/evaluation.h"
#include "eval/gate.h"
#include "eval/run.h"

namespace aisle {

struct MeasuringOptions {
  std::vector<std::string> measures;
  std::optional<int> grade_min;
  std::string unjudged = "irrelevant";
  uint32_t seed = 1;
  std::vector<std::string> fail_below;
  std::vector<std::string> fail_above;
  std::vector<std::string> max_drop;
  std::string html;
  std::string junit;
  size_t queries = 10;
};

void AddMeasuringOptions(CLI::App* command, MeasuringOptions* options);

struct Measuring {
  EvaluationOptions evaluation;  // its measures include those of the gates
  std::vector<Gate> gates;
  RandomisationOptions randomisation;

  // The largest depth of all measures.
  size_t depth() const;
  bool has_max_drop() const;
};

// InvalidArgument for a measure or gate that is none.
absl::StatusOr<Measuring> MeasuringOf(const MeasuringOptions& options);

absl::StatusOr<Run> ReadRunFile(const std::string& path);

// Writes the HTML and JUnit files that are asked for. kGateFailed if a gate failed, else kOk.
absl::StatusOr<ExitCode> WriteReports(const MeasuringOptions& options, const std::string& page,
                                      const std::string& suite,
                                      const std::vector<GateResult>& gates);

// Adds `compare` to `aisle eval`.
void AddEvalCompare(CLI::App* eval, Invocation* invocation);

}  // namespace aisle
