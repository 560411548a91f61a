// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eval_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "cli/terminal.h"
#include <fmt/format.h>

namespace aisle {
namespace {

constexpr size_t kQueryColumnsMax = 48;
constexpr size_t kHitsSideBySide = 5;

std::string OrDash(const Measure& measure, const std::optional<double>& value) {
  return value ? MeasureText(measure, *value) : "-";
}

std::string NameOf(const Run& run) {
  return run.name.empty() ? run.source : run.name + ": " + run.source;
}

std::string Head(const Run& run, const Evaluation& evaluation) {
  size_t pairs = 0;
  for (const QueryRun& query : run.queries) pairs += query.grades.size();
  std::string text = OneLine(NameOf(run));
  text += fmt::format("\n{} queries, {} judgments, grades 0..{}; relevant: {} and up; depth {}",
                      GroupDigits(run.queries.size()), GroupDigits(pairs), evaluation.grade_max,
                      evaluation.grade_min, run.depth);
  if (evaluation.unjudged == Unjudged::kSkipped) text += "; hits without a judgment left out";
  if (!run.parameters.as_object().empty()) text += "\n" + OneLine(run.parameters.Dump());
  if (run.absent.value_or(0) > 0) {
    text += fmt::format("\n{} of the judged products are not in the collection and cannot be found",
                        GroupDigits(*run.absent));
  }
  return text + "\n\n";
}

std::string Summary(const Run& run, const Evaluation& evaluation) {
  std::vector<std::vector<std::string>> rows;
  for (const MeasuredValues& values : evaluation.measures) {
    const Measure& measure = values.measure;
    std::vector<std::string> row = {measure.name, OrDash(measure, values.value),
                                    OrDash(measure, values.random), OrDash(measure, values.ideal)};
    if (values.counted == 0) row[1] = "-";
    row.push_back(values.counted == run.queries.size() ? "all" : GroupDigits(values.counted));
    rows.push_back(std::move(row));
  }
  return TextTable({"measure", "value>", "random>", "ideal>", "queries>"}, rows);
}

// The worst queries by the first measure, and for each what was found.
std::string Worst(const Run& run, const Evaluation& evaluation, const EvalTextOptions& options) {
  const MeasuredValues& main = evaluation.measures.front();
  const bool lower_is_better = main.measure.lower_is_better();
  std::vector<size_t> order;
  for (size_t i = 0; i < run.queries.size(); ++i) {
    if (main.by_query[i]) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return lower_is_better ? *main.by_query[a] > *main.by_query[b]
                           : *main.by_query[a] < *main.by_query[b];
  });
  order.resize(std::min(order.size(), options.queries));
  std::vector<std::vector<std::string>> rows;
  for (const size_t i : order) {
    const QueryRun& query = run.queries[i];
    std::vector<std::string> row = {Shorten(OneLine(query.query), kQueryColumnsMax)};
    row.push_back(MeasureText(main.measure, *main.by_query[i]));
    row.push_back(GroupDigits(query.found));
    row.push_back(query.hits.empty() ? "" : OneLine(query.hits.front().title));
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return "";
  std::string table =
      TextTable({"the worst queries", main.measure.name + ">", "found>", "first hit"}, rows);
  std::string text = "\n";
  for (size_t begin = 0; begin < table.size();) {
    const size_t end = table.find('\n', begin);
    text += Shorten(std::string_view(table).substr(begin, end - begin), options.width) + "\n";
    begin = end + 1;
  }
  return text;
}

std::string ComparedRuns(const Comparison& comparison) {
  std::string text;
  for (const auto& [letter, run] : {std::pair{'A', &comparison.a}, std::pair{'B', &comparison.b}}) {
    text += fmt::format("{}  {}", letter, OneLine(NameOf(*run)));
    if (!run->parameters.as_object().empty()) text += "  " + OneLine(run->parameters.Dump());
    text += "\n";
  }
  text += fmt::format("{} queries in common", GroupDigits(comparison.b.queries.size()));
  if (comparison.only_a + comparison.only_b > 0) {
    text +=
        fmt::format("; left out: {} only in A, {} only in B", comparison.only_a, comparison.only_b);
  }
  if (comparison.regraded > 0) {
    text +=
        fmt::format("; {} are judged differently: the judgments of B count", comparison.regraded);
  }
  return text + "\n\n";
}

std::string SignedText(const Measure& measure, double difference) {
  return (difference < 0 ? "-" : "+") + MeasureText(measure, std::abs(difference));
}

std::string Probability(const std::optional<double>& p) {
  return p ? fmt::format("{:.3f}", *p) : "-";
}

std::string ComparedMeasures(const Comparison& comparison) {
  std::vector<std::vector<std::string>> rows;
  for (const ComparedMeasure& compared : comparison.measures) {
    const Measure& measure = compared.measure;
    rows.push_back({measure.name, MeasureText(measure, compared.a),
                    MeasureText(measure, compared.b), SignedText(measure, compared.b - compared.a),
                    Probability(compared.t_test), Probability(compared.randomisation),
                    std::to_string(compared.wins), std::to_string(compared.ties),
                    std::to_string(compared.losses)});
  }
  return TextTable({"measure", "A>", "B>", "difference>", "p t-test>", "p random>", "won>", "same>",
                    "lost>"},
                   rows) +
         "p: how probable such a difference is if A and B are equally good\n";
}

std::string HitText(const QueryRun& query, size_t i, size_t columns) {
  if (i >= query.hits.size()) return "";
  const RunHit& hit = query.hits[i];
  const auto grade = query.grades.find(hit.id);
  return Shorten(
      fmt::format("{} {}", grade == query.grades.end() ? "?" : std::to_string(grade->second),
                  OneLine(hit.title.empty() ? hit.id : hit.title)),
      columns);
}

std::string MovedText(const Comparison& comparison, const MovedQuery& moved, size_t width) {
  const Measure& measure = comparison.measures.front().measure;
  const QueryRun& a = comparison.a.queries[moved.index];
  const QueryRun& b = comparison.b.queries[moved.index];
  const size_t column = width > 8 ? (width - 6) / 2 : 1;
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < kHitsSideBySide && i < std::max(a.hits.size(), b.hits.size()); ++i) {
    rows.push_back({"", HitText(a, i, column), HitText(b, i, column)});
  }
  return fmt::format("\n{}: {} {} to {}\n", OneLine(b.query), measure.name,
                     MeasureText(measure, moved.a), MeasureText(measure, moved.b)) +
         TextTable({"", fmt::format("A: {} found", a.found), fmt::format("B: {} found", b.found)},
                   rows);
}

}  // namespace

std::string EvaluationText(const Run& run, const Evaluation& evaluation,
                           const EvalTextOptions& options) {
  std::string text = Head(run, evaluation) + Summary(run, evaluation);
  if (options.queries > 0) text += Worst(run, evaluation, options);
  return text;
}

std::string ComparisonText(const Comparison& comparison, const EvalTextOptions& options) {
  std::string text = ComparedRuns(comparison) + ComparedMeasures(comparison);
  if (comparison.moved.empty()) return text + "\nno query changed\n";
  const size_t shown = std::min(options.queries, comparison.moved.size());
  if (shown == 0) return text;
  text += fmt::format("\nthe {} of {} changed queries that moved most; before a hit its grade\n",
                      shown, comparison.moved.size());
  for (size_t i = 0; i < shown; ++i) {
    text += MovedText(comparison, comparison.moved[i], options.width);
  }
  return text;
}

std::string GatesText(const std::vector<GateResult>& gates) {
  std::string text = gates.empty() ? "" : "\n";
  for (const GateResult& result : gates) {
    text += fmt::format("gate {}  {}: {}\n", result.passed ? "passed" : "FAILED",
                        result.gate.Name(), result.explanation);
  }
  return text;
}

}  // namespace aisle
