// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/measure.h"

#include <charconv>
#include <optional>

#include "core/limits.h"
#include "eval/judgments.h"

namespace aisle {
namespace {

struct Kind {
  std::string_view name;
  MeasureKind kind;
  bool takes_grade = false;
};

constexpr Kind kRanked[] = {
    {"ndcg", MeasureKind::kNdcg},
    {"ndcg_linear", MeasureKind::kNdcgLinear},
    {"mrr", MeasureKind::kReciprocalRank, true},
    {"map", MeasureKind::kAveragePrecision, true},
    {"err", MeasureKind::kErr},
    {"precision", MeasureKind::kPrecision, true},
    {"recall", MeasureKind::kRecall, true},
    {"judged", MeasureKind::kJudged},
};

struct LatencyKind {
  std::string_view name;
  double percentile;
};

constexpr LatencyKind kLatencies[] = {
    {"latency_p50", 0.5}, {"latency_p95", 0.95}, {"latency_p99", 0.99}};

std::optional<int> Digits(std::string_view text, int max) {
  int number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  if (number < 1 || number > max) return std::nullopt;
  return number;
}

absl::Status Unknown(std::string_view name) {
  return InvalidArgument("`{}` is no measure; there are {}", name, MeasureNames());
}

}  // namespace

absl::StatusOr<Measure> ParseMeasure(std::string_view name) {
  Measure measure{.name = std::string(name)};
  if (name == "zero_results") {
    measure.kind = MeasureKind::kZeroResults;
    return measure;
  }
  for (const LatencyKind& latency : kLatencies) {
    if (name != latency.name) continue;
    measure.kind = MeasureKind::kLatency;
    measure.percentile = latency.percentile;
    return measure;
  }
  const size_t at = name.find('@');
  const size_t colon = std::min(name.find(':'), name.size());
  for (const Kind& kind : kRanked) {
    if (name.substr(0, at) != kind.name || at == std::string_view::npos || colon < at) continue;
    measure.kind = kind.kind;
    const auto k = Digits(name.substr(at + 1, colon - at - 1), limits::kPerPageMax);
    if (!k) return InvalidArgument("`{}` has no such depth; K is 1..{}", name, limits::kPerPageMax);
    measure.k = static_cast<size_t>(*k);
    if (colon == name.size()) return measure;
    const auto grade = Digits(name.substr(colon + 1), kGradeMax);
    if (!kind.takes_grade || !grade) {
      return InvalidArgument(
          "`{}`: mrr, map, precision and recall take a lowest relevant grade 1..{} after the colon",
          name, kGradeMax);
    }
    measure.grade_min = *grade;
    return measure;
  }
  return Unknown(name);
}

std::string_view MeasureNames() {
  return "ndcg@K, ndcg_linear@K, mrr@K, map@K, err@K, precision@K, recall@K, judged@K, "
         "zero_results, latency_p50, latency_p95, latency_p99";
}

std::vector<Measure> DefaultMeasures() {
  std::vector<Measure> measures;
  for (const char* name :
       {"ndcg@10", "ndcg_linear@10", "mrr@10", "map@100", "err@10", "precision@10", "recall@50",
        "judged@10", "zero_results", "latency_p50", "latency_p95", "latency_p99"}) {
    measures.push_back(*ParseMeasure(name));
  }
  return measures;
}

std::string MeasureText(const Measure& measure, double value) {
  switch (measure.kind) {
    case MeasureKind::kLatency:
      return fmt::format("{:.2f} ms", value);
    case MeasureKind::kZeroResults:
    case MeasureKind::kJudged:
      return fmt::format("{:.1f}%", value * 100);
    default:
      return fmt::format("{:.4f}", value);
  }
}

}  // namespace aisle
