// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/gate.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace aisle {
namespace {

// What rounding may add to a mean; a drop of exactly the level is allowed.
constexpr double kRounding = 1e-9;

std::string_view OptionName(GateKind kind) {
  switch (kind) {
    case GateKind::kFailBelow:
      return "--fail-below";
    case GateKind::kFailAbove:
      return "--fail-above";
    case GateKind::kMaxDrop:
      return "--max-drop";
  }
  return "";
}

std::optional<double> Level(std::string_view text) {
  double level = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), level);
  const bool ok = error == std::errc() && rest == text.data() + text.size();
  return ok && std::isfinite(level) && level >= 0 ? std::optional(level) : std::nullopt;
}

template <typename Measured>
const Measured* FindMeasure(const std::vector<Measured>& measures, const std::string& name) {
  const auto found = std::find_if(measures.begin(), measures.end(), [&](const Measured& measured) {
    return measured.measure.name == name;
  });
  return found == measures.end() ? nullptr : &*found;
}

GateResult Unmeasured(const Gate& gate) {
  return {.gate = gate, .explanation = "no query has a value"};
}

GateResult CheckLevel(const Gate& gate, const Evaluation& evaluation) {
  const MeasuredValues* values = FindMeasure(evaluation.measures, gate.measure.name);
  if (values == nullptr || values->counted == 0) return Unmeasured(gate);
  const bool is_below = gate.kind == GateKind::kFailBelow;
  const double above = values->value - gate.level;
  GateResult result{.gate = gate, .value = values->value};
  result.passed = is_below ? above >= -kRounding : above <= kRounding;
  result.explanation =
      fmt::format("{}, {} {} the level", MeasureText(gate.measure, values->value),
                  MeasureText(gate.measure, std::abs(above)), above >= 0 ? "above" : "below");
  return result;
}

GateResult CheckDrop(const Gate& gate, const Comparison& comparison) {
  const ComparedMeasure* compared = FindMeasure(comparison.measures, gate.measure.name);
  const MeasuredValues* values = FindMeasure(comparison.evaluation_b.measures, gate.measure.name);
  if (compared == nullptr || values == nullptr || values->counted == 0) return Unmeasured(gate);
  GateResult result{.gate = gate, .value = compared->b, .baseline = compared->a};
  result.passed = compared->gained() >= -gate.level - kRounding;
  result.explanation = fmt::format(
      "{}, {} {} than the baseline's {}", MeasureText(gate.measure, compared->b),
      MeasureText(gate.measure, std::abs(compared->gained())),
      compared->gained() < 0 ? "worse" : "better", MeasureText(gate.measure, compared->a));
  return result;
}

}  // namespace

std::string Gate::Name() const {
  if (kind == GateKind::kMaxDrop) return fmt::format("{} drops by at most {}", measure.name, level);
  return fmt::format("{} {} {}", measure.name, kind == GateKind::kFailBelow ? ">=" : "<=", level);
}

absl::StatusOr<Gate> ParseGate(GateKind kind, std::string_view text, const Measure& otherwise) {
  Gate gate{.kind = kind, .measure = otherwise};
  const size_t equals = text.find('=');
  if (equals != std::string_view::npos) {
    absl::StatusOr<Measure> measure = ParseMeasure(text.substr(0, equals));
    RETURN_IF_ERROR(WithContext(measure.status(), OptionName(kind)));
    gate.measure = *std::move(measure);
  }
  const auto level = Level(text.substr(equals == std::string_view::npos ? 0 : equals + 1));
  if (!level || (equals == std::string_view::npos && kind != GateKind::kMaxDrop)) {
    return InvalidArgument(
        "{} is `{}`: expected MEASURE=LEVEL, as in ndcg@10=0.7; a level is 0 or more",
        OptionName(kind), text);
  }
  gate.level = *level;
  if (gate.measure.lower_is_better() && kind == GateKind::kFailBelow) {
    return InvalidArgument("--fail-below {}: less is better there; use --fail-above", text);
  }
  if (!gate.measure.lower_is_better() && kind == GateKind::kFailAbove) {
    return InvalidArgument("--fail-above {}: more is better there; use --fail-below", text);
  }
  return gate;
}

std::vector<GateResult> CheckGates(const std::vector<Gate>& gates, const Evaluation& evaluation,
                                   const Comparison* comparison) {
  std::vector<GateResult> results;
  for (const Gate& gate : gates) {
    results.push_back(gate.kind == GateKind::kMaxDrop ? CheckDrop(gate, *comparison)
                                                      : CheckLevel(gate, evaluation));
  }
  return results;
}

}  // namespace aisle
