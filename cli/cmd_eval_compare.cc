// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle eval compare`: two runs that `aisle eval --out` wrote.
#include <unistd.h>

#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/eval_measuring.h"
#include "cli/eval_text.h"
#include "cli/terminal.h"

#include "eval/comparison_page.h"
#include "eval/html_page.h"
#include "eval/json_report.h"

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "A and B are files of `aisle eval --out`. What both have is compared, with the\n"
    "judgments of B, query by query: how many B wins and loses, and how probable such\n"
    "a difference is if both are equally good (Student's paired t-test, and a\n"
    "randomisation test). Below 0.05 it is hardly chance; above, the queries are too\n"
    "few or too mixed to tell. The queries that moved most are shown with the hits of\n"
    "both. Gates look at B; --max-drop compares it with A.\n"
    "\n"
    "Examples:\n"
    "  aisle eval compare before.json after.json\n"
    "  aisle eval compare a.json b.json --measure recall@50 --html changes.html\n"
    "  aisle eval compare main.json branch.json --max-drop 0.005";

struct Options {
  std::string a;
  std::string b;
  MeasuringOptions measuring;
};

absl::StatusOr<ExitCode> CompareRuns(const Options& options, bool json) {
  ASSIGN_OR_RETURN(const Measuring measuring, MeasuringOf(options.measuring));
  ASSIGN_OR_RETURN(const Run a, ReadRunFile(options.a));
  ASSIGN_OR_RETURN(const Run b, ReadRunFile(options.b));
  ASSIGN_OR_RETURN(const Comparison comparison,
                   Compare(a, b, measuring.evaluation, measuring.randomisation));
  const auto gates = CheckGates(measuring.gates, comparison.evaluation_b, &comparison);
  if (json) {
    RETURN_IF_ERROR(Print(ComparisonJson(comparison, gates) + "\n"));
  } else {
    const EvalTextOptions look{.width = TerminalWidth(STDOUT_FILENO),
                               .queries = options.measuring.queries};
    RETURN_IF_ERROR(Print(ComparisonText(comparison, look) + GatesText(gates)));
  }
  return WriteReports(options.measuring, ComparisonPage(comparison, gates), RunTitle(comparison.b),
                      gates);
}

}  // namespace

void AddEvalCompare(CLI::App* eval, Invocation* invocation) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = eval->add_subcommand("compare", "Compare two runs, query by query");
  command->add_option("A", options->a, "the run before")->required()->option_text(" ");
  command->add_option("B", options->b, "the run after")->required()->option_text(" ");
  AddMeasuringOptions(command, &options->measuring);
  AddJsonOption(command, invocation);
  SetFooter(command, kExamples);
  command->callback(
      [=] { invocation->run = [=] { return CompareRuns(*options, invocation->json); }; });
}

}  // namespace aisle
