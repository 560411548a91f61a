// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eval_text.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "cli/terminal.h"
#include <fmt/format.h>

namespace aisle {
namespace {

constexpr size_t kQueryColumnsMax = 48;

std::string OrDash(const Measure& measure, const std::optional<double>& value) {
  return value ? MeasureText(measure, *value) : "-";
}

std::string Head(const Run& run, const Evaluation& evaluation) {
  size_t pairs = 0;
  for (const QueryRun& query : run.queries) pairs += query.grades.size();
  std::string text = OneLine(run.name.empty() ? run.source : run.name + ": " + run.source);
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
  order.resize(std::min(order.size(), options.worst));
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

}  // namespace

std::string EvaluationText(const Run& run, const Evaluation& evaluation,
                           const EvalTextOptions& options) {
  std::string text = Head(run, evaluation) + Summary(run, evaluation);
  if (options.worst > 0) text += Worst(run, evaluation, options);
  return text;
}

}  // namespace aisle
