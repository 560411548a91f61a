// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures by name, as they are asked for and as gates name them: `ndcg@10`, `recall@50`,
// `recall@50:2`, `zero_results`, `latency_p95`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"

namespace aisle {

enum class MeasureKind {
  kNdcg,              // ndcg@K
  kNdcgLinear,        // ndcg_linear@K
  kReciprocalRank,    // mrr@K
  kAveragePrecision,  // map@K
  kErr,               // err@K
  kPrecision,         // precision@K
  kRecall,            // recall@K
  kJudged,            // judged@K
  kZeroResults,       // zero_results: the part of the queries that find nothing
  kLatency,           // latency_p50, latency_p95, latency_p99: milliseconds
};

struct Measure {
  MeasureKind kind = MeasureKind::kNdcg;
  size_t k = 0;       // of those that have one
  int grade_min = 0;  // `:G` after the depth; 0: the evaluation's own (mrr, map, precision, recall)
  double percentile = 0;  // of kLatency, 0..1
  std::string name;       // as it was given

  bool lower_is_better() const {
    return kind == MeasureKind::kZeroResults || kind == MeasureKind::kLatency;
  }
  // Whether it looks at the order of the hits: then random and best order mean something.
  bool has_baselines() const { return !lower_is_better() && kind != MeasureKind::kJudged; }
};

// InvalidArgument that says what there is.
absl::StatusOr<Measure> ParseMeasure(std::string_view name);

// One after the other, for a `--help`.
std::string_view MeasureNames();

// What is measured if nothing else is asked for. `k` of none is above 100.
std::vector<Measure> DefaultMeasures();

// A value of the measure with the digits that matter: "0.6761", "4.0%", "1.25 ms".
std::string MeasureText(const Measure& measure, double value);

}  // namespace aisle
