// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gates: levels that a release has to reach, and how far it may fall behind an earlier run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "eval/comparison.h"
#include "eval/evaluation.h"

namespace aisle {

enum class GateKind {
  kFailBelow,  // fails if the measure is below the level
  kFailAbove,  // fails if it is above: for zero_results and latencies
  kMaxDrop,    // fails if it is worse than the baseline's by more than the level
};

struct Gate {
  GateKind kind = GateKind::kFailBelow;
  Measure measure;
  double level = 0;

  std::string Name() const;  // "ndcg@10 >= 0.7"
};

// `text` is MEASURE=LEVEL; for kMaxDrop LEVEL alone stands for `otherwise`. InvalidArgument also
// for a level on the wrong side: a latency cannot "fail below".
absl::StatusOr<Gate> ParseGate(GateKind kind, std::string_view text, const Measure& otherwise);

struct GateResult {
  Gate gate;
  bool passed = false;
  double value = 0;
  std::optional<double> baseline;  // of kMaxDrop
  std::string explanation;         // "0.6812, 0.0188 below the level"
};

// `evaluation` has a measure of each gate's name; `comparison` is of the baseline and this run,
// with the same measures, and is there if a gate is kMaxDrop. A measure that no query has a value
// for fails.
std::vector<GateResult> CheckGates(const std::vector<Gate>& gates, const Evaluation& evaluation,
                                   const Comparison* comparison);

}  // namespace aisle
