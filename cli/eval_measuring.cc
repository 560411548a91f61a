// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eval_measuring.h"

#include <algorithm>

#include "cli/text_file.h"

#include "eval/junit_report.h"

namespace aisle {
namespace {

constexpr uint32_t kQueriesShownMax = 100000;

absl::Status AddGates(GateKind kind, const std::vector<std::string>& texts, Measuring* measuring) {
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(Gate gate, ParseGate(kind, text, measuring->evaluation.measures.front()));
    auto& measures = measuring->evaluation.measures;
    const bool is_measured =
        std::any_of(measures.begin(), measures.end(),
                    [&](const Measure& measure) { return measure.name == gate.measure.name; });
    if (!is_measured) measures.push_back(gate.measure);
    measuring->gates.push_back(std::move(gate));
  }
  return absl::OkStatus();
}

}  // namespace

void AddMeasuringOptions(CLI::App* command, MeasuringOptions* options) {
  command
      ->add_option("--measure", options->measures,
                   "what is measured, may be repeated; the first orders the queries")
      ->option_text("MEASURE");
  command
      ->add_option("--grade-min", options->grade_min,
                   "a product with this grade is relevant; default: the top grade")
      ->check(CLI::Range(1, kGradeMax))
      ->option_text("GRADE");
  command
      ->add_option("--unjudged", options->unjudged,
                   "a hit without a judgment counts as grade 0 (default), or is skipped")
      ->check(CLI::IsMember({"irrelevant", "skip"}))
      ->option_text("irrelevant|skip");
  command
      ->add_option("--seed", options->seed, "of random orders and randomisation tests (default 1)")
      ->option_text("N");
  command->add_option("--fail-below", options->fail_below, "a gate, may be repeated")
      ->option_text("MEASURE=LEVEL");
  command
      ->add_option("--fail-above", options->fail_above, "the same for zero_results and latencies")
      ->option_text("MEASURE=LEVEL");
  command
      ->add_option("--max-drop", options->max_drop,
                   "a gate: no more than this worse than before;\nalone: of the first measure")
      ->option_text("[MEASURE=]LEVEL");
  command->add_option("--html", options->html, "write a page with plots and hits there")
      ->option_text("FILE");
  command->add_option("--junit", options->junit, "write the gates as JUnit XML there")
      ->option_text("FILE");
  command->add_option("--queries", options->queries, "how many queries are listed (default 10)")
      ->check(CLI::Range(0u, kQueriesShownMax))
      ->option_text("N");
}

size_t Measuring::depth() const {
  size_t depth = 0;
  for (const Measure& measure : evaluation.measures) depth = std::max(depth, measure.k);
  return depth;
}

bool Measuring::has_max_drop() const {
  return std::any_of(gates.begin(), gates.end(),
                     [](const Gate& gate) { return gate.kind == GateKind::kMaxDrop; });
}

absl::StatusOr<Measuring> MeasuringOf(const MeasuringOptions& options) {
  Measuring measuring;
  measuring.evaluation.grade_min = options.grade_min;
  measuring.evaluation.seed = options.seed;
  measuring.randomisation.seed = options.seed;
  if (options.unjudged == "skip") measuring.evaluation.unjudged = Unjudged::kSkipped;
  if (!options.measures.empty()) measuring.evaluation.measures.clear();
  for (const std::string& name : options.measures) {
    ASSIGN_OR_RETURN(measuring.evaluation.measures.emplace_back(), ParseMeasure(name));
  }
  RETURN_IF_ERROR(AddGates(GateKind::kFailBelow, options.fail_below, &measuring));
  RETURN_IF_ERROR(AddGates(GateKind::kFailAbove, options.fail_above, &measuring));
  RETURN_IF_ERROR(AddGates(GateKind::kMaxDrop, options.max_drop, &measuring));
  return measuring;
}

absl::StatusOr<Run> ReadRunFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(path));
  absl::StatusOr<Run> run = ReadRun(text);
  RETURN_IF_ERROR(WithHint(WithContext(run.status(), path), "give a file of `aisle eval --out`"));
  return run;
}

absl::StatusOr<ExitCode> WriteReports(const MeasuringOptions& options, const std::string& page,
                                      const std::string& suite,
                                      const std::vector<GateResult>& gates) {
  if (!options.html.empty()) RETURN_IF_ERROR(WriteTextFile(options.html, page));
  if (!options.junit.empty()) {
    RETURN_IF_ERROR(WriteTextFile(options.junit, JunitReport(suite, gates)));
  }
  const bool failed =
      std::any_of(gates.begin(), gates.end(), [](const GateResult& gate) { return !gate.passed; });
  return failed ? ExitCode::kGateFailed : ExitCode::kOk;
}

}  // namespace aisle
