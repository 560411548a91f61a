// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/evaluation_page.h"

#include <algorithm>

#include "eval/html_page.h"
#include "eval/svg_plot.h"

namespace aisle {
namespace {

constexpr size_t kHitsShown = 10;
constexpr size_t kColumnsMax = 4;  // of measures in the table of queries

std::string Tile(const MeasuredValues& values) {
  const Measure& measure = values.measure;
  std::string html =
      fmt::format(R"(<div class="tile"><div class="name">{}</div><div class="value">{}</div>)",
                  EscapeHtml(measure.name),
                  values.counted == 0 ? "&ndash;" : MeasureText(measure, values.value));
  if (values.random) {
    html += RangeStrip(values.value, values.random, values.ideal);
    html += fmt::format("<small>random {:.3f}, best {:.3f}</small>", *values.random, *values.ideal);
  }
  return html + "</div>\n";
}

// The queries that have a value of the first measure, the worst first.
std::vector<size_t> WorstFirst(const MeasuredValues& values) {
  std::vector<size_t> order;
  for (size_t i = 0; i < values.by_query.size(); ++i) {
    if (values.by_query[i]) order.push_back(i);
  }
  const bool lower_is_better = values.measure.lower_is_better();
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return lower_is_better ? *values.by_query[a] > *values.by_query[b]
                           : *values.by_query[a] < *values.by_query[b];
  });
  return order;
}

std::string Plots(const Run& run, const MeasuredValues& main) {
  if (!main.measure.has_baselines() || main.counted == 0) return "";
  std::vector<double> values;
  std::vector<PlotBar> bars;
  for (const size_t i : WorstFirst(main)) {
    values.push_back(*main.by_query[i]);
    bars.push_back({values.back(), fmt::format("{}: {}", run.queries[i].query,
                                               MeasureText(main.measure, values.back()))});
  }
  const std::string name = EscapeHtml(main.measure.name);
  return fmt::format(
      "<h2>How {0} spreads</h2>\n<div class=\"plots\">\n"
      "<div class=\"card\"><h3>Queries by {0}</h3>{1}</div>\n"
      "<div class=\"card\"><h3>{0} of each query</h3>{2}</div>\n</div>\n",
      name, HistogramPlot(values), BarPlot(bars, main.value));
}

// The measures that the table of queries has a column for: the first, and those that are read at
// a glance.
std::vector<const MeasuredValues*> Columns(const Evaluation& evaluation) {
  std::vector<const MeasuredValues*> columns;
  for (const MeasuredValues& values : evaluation.measures) {
    const MeasureKind kind = values.measure.kind;
    const bool is_worth_it = kind == MeasureKind::kNdcg || kind == MeasureKind::kReciprocalRank ||
                             kind == MeasureKind::kPrecision || kind == MeasureKind::kRecall;
    if (columns.empty() || (is_worth_it && columns.size() < kColumnsMax)) {
      columns.push_back(&values);
    }
  }
  return columns;
}

std::string ValueCell(const Measure& measure, const std::optional<double>& value) {
  if (!value) return R"(<td class="right" data-value="-1">&ndash;</td>)";
  return fmt::format(R"(<td class="right" data-value="{}">{}</td>)", *value,
                     MeasureText(measure, *value));
}

std::string QueryRow(const QueryRun& query, const std::vector<std::string>& cells, int grade_max) {
  std::string html = fmt::format(
      "<tr data-query=\"{0}\"><td class=\"words\" data-value=\"{0}\"><details><summary>{0}"
      "</summary>{1}</details></td>",
      EscapeHtml(query.query), HitList(query, grade_max, kHitsShown));
  for (const std::string& cell : cells) html += cell;
  html += fmt::format("<td class=\"right\">{}</td><td class=\"right\">{:.2f}</td></tr>\n",
                      query.found, query.milliseconds);
  return html;
}

std::string QueriesTable(const Run& run, const Evaluation& evaluation) {
  const auto columns = Columns(evaluation);
  std::string html =
      "<h2>Queries</h2>\n<p class=\"dim\">The worst first. A query opens its hits; the number "
      "before a hit is its grade, ? is not judged.</p>\n"
      "<input class=\"find\" type=\"search\" data-table=\"queries\" placeholder=\"Find a query\" "
      "aria-label=\"Find a query\">\n"
      "<div class=\"scroll\"><table id=\"queries\"><thead><tr><th data-sort>Query</th>";
  for (const MeasuredValues* values : columns) {
    html += fmt::format("<th data-sort class=\"right\"{}>{}</th>",
                        values == columns.front() ? " aria-sort=\"ascending\"" : "",
                        EscapeHtml(values->measure.name));
  }
  html +=
      "<th data-sort class=\"right\">Found</th><th data-sort class=\"right\">ms</th></tr>"
      "</thead><tbody>\n";
  std::vector<size_t> order = WorstFirst(*columns.front());
  for (size_t i = 0; i < run.queries.size(); ++i) {
    if (!columns.front()->by_query[i]) order.push_back(i);
  }
  for (const size_t i : order) {
    std::vector<std::string> cells;
    for (const MeasuredValues* values : columns) {
      cells.push_back(ValueCell(values->measure, values->by_query[i]));
    }
    html += QueryRow(run.queries[i], cells, evaluation.grade_max);
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string EvaluationPage(const Run& run, const Evaluation& evaluation,
                           const std::vector<GateResult>& gates) {
  const std::string title = RunTitle(run);
  std::string body = fmt::format("<h1>{} {}</h1>\n<p class=\"dim\">{}</p>\n", EscapeHtml(title),
                                 GatesVerdict(gates), RunFacts(run));
  body += fmt::format(
      "<p class=\"dim\">Grades 0 to {}; a product of grade {} and up is relevant; {}.</p>\n",
      evaluation.grade_max, evaluation.grade_min,
      evaluation.unjudged == Unjudged::kSkipped ? "hits without a judgment are left out"
                                                : "a hit without a judgment counts as grade 0");
  body += "<div class=\"tiles\">\n";
  for (const MeasuredValues& values : evaluation.measures) body += Tile(values);
  body += "</div>\n" + GatesTable(gates) + Plots(run, evaluation.measures.front()) +
          QueriesTable(run, evaluation);
  return HtmlPage(title, body);
}

}  // namespace aisle
