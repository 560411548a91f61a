// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/comparison_page.h"

#include <algorithm>

#include "eval/html_page.h"
#include "eval/svg_plot.h"

namespace aisle {
namespace {

constexpr size_t kHitsShown = 10;
constexpr size_t kOpenAtFirst = 3;
constexpr double kSure = 0.05;

std::string_view Direction(double gained) {
  if (gained == 0) return "";
  return gained > 0 ? "up" : "down";
}

std::string Signed(const Measure& measure, double difference) {
  const std::string text = MeasureText(measure, std::abs(difference));
  return (difference < 0 ? "\u2212" : "+") + text;
}

std::string Probability(std::optional<double> p) {
  if (!p) return "&ndash;";
  return *p < 0.0005 ? "&lt; 0.001" : fmt::format("{:.3f}", *p);
}

std::string WinsAndLosses(const ComparedMeasure& compared) {
  const auto all = static_cast<double>(compared.wins + compared.losses + compared.ties);
  const auto percent = [&](size_t count) {
    return all > 0 ? 100 * static_cast<double>(count) / all : 0;
  };
  return fmt::format(
      "<td data-value=\"{0}\">{0} / {1} / {2}<span class=\"wlt\" aria-hidden=\"true\">"
      "<i class=\"w\" style=\"width:{3:.1f}%\"></i><i style=\"width:{4:.1f}%\"></i>"
      "<i class=\"l\" style=\"width:{5:.1f}%\"></i></span></td>",
      compared.wins, compared.ties, compared.losses, percent(compared.wins), percent(compared.ties),
      percent(compared.losses));
}

std::string MeasuresTable(const Comparison& comparison) {
  std::string html =
      "<h2>Measures</h2>\n<div class=\"scroll\"><table><thead><tr><th>Measure</th>"
      "<th class=\"right\">A</th><th class=\"right\">B</th><th class=\"right\">Difference</th>"
      "<th class=\"right\">p, t-test</th><th class=\"right\">p, randomised</th>"
      "<th>Won / same / lost by B</th></tr></thead><tbody>\n";
  for (const ComparedMeasure& compared : comparison.measures) {
    const bool sure =
        std::max(compared.t_test.value_or(1), compared.randomisation.value_or(1)) < kSure;
    html += fmt::format(
        "<tr><td>{}</td><td class=\"right\">{}</td><td class=\"right\">{}</td>"
        "<td class=\"right {}{}\">{}</td><td class=\"right\">{}</td><td class=\"right\">{}</td>{}"
        "</tr>\n",
        EscapeHtml(compared.measure.name), MeasureText(compared.measure, compared.a),
        MeasureText(compared.measure, compared.b), Direction(compared.gained()),
        sure ? " sure" : "", Signed(compared.measure, compared.b - compared.a),
        Probability(compared.t_test), Probability(compared.randomisation), WinsAndLosses(compared));
  }
  return html +
         "</tbody></table></div>\n<p class=\"dim\">p: how probable such a difference is if A and B "
         "are equally good; bold differences are below 0.05 in both tests.</p>\n";
}

std::string Plot(const Comparison& comparison) {
  const Measure& measure = comparison.measures.front().measure;
  std::vector<PlotBar> bars;
  for (const MovedQuery& moved : comparison.moved) {
    bars.push_back({moved.b - moved.a,
                    fmt::format("{}: {} to {}", comparison.b.queries[moved.index].query,
                                MeasureText(measure, moved.a), MeasureText(measure, moved.b))});
  }
  std::stable_sort(bars.begin(), bars.end(),
                   [](const PlotBar& x, const PlotBar& y) { return x.value > y.value; });
  if (bars.empty() || measure.lower_is_better()) return "";
  return fmt::format(
      "<div class=\"card wide\"><h3>What {} gained and lost in the {} queries that "
      "changed</h3>{}</div>\n",
      EscapeHtml(measure.name), bars.size(), DifferencePlot(bars));
}

std::string Sides(const Comparison& comparison, size_t index) {
  const int grade_max = comparison.evaluation_b.grade_max;
  std::string html = "<div class=\"sides\">";
  for (const auto& [letter, run] : {std::pair{'A', &comparison.a}, std::pair{'B', &comparison.b}}) {
    const QueryRun& query = run->queries[index];
    html += fmt::format("<div><h4>{} &middot; {} found</h4>{}</div>", letter, query.found,
                        HitList(query, grade_max, kHitsShown));
  }
  return html + "</div>";
}

std::string MovedTable(const Comparison& comparison) {
  if (comparison.moved.empty()) return "<h2>Queries</h2>\n<p>No query changed.</p>\n";
  const Measure& measure = comparison.measures.front().measure;
  std::string html =
      "<h2>Queries that moved</h2>\n<p class=\"dim\">Those that moved most first. A query opens "
      "the "
      "hits of both runs; the number before a hit is its grade, ? is not judged.</p>\n"
      "<input class=\"find\" type=\"search\" data-table=\"queries\" placeholder=\"Find a query\" "
      "aria-label=\"Find a query\">\n"
      "<div class=\"scroll\"><table id=\"queries\"><thead><tr><th data-sort>Query</th>"
      "<th data-sort class=\"right\">A</th><th data-sort class=\"right\">B</th>"
      "<th data-sort class=\"right\">Difference</th></tr></thead><tbody>\n";
  size_t number = 0;
  for (const MovedQuery& moved : comparison.moved) {
    const double difference = moved.b - moved.a;
    const double gained = measure.lower_is_better() ? -difference : difference;
    html += fmt::format(
        "<tr data-query=\"{0}\"><td class=\"words\" data-value=\"{0}\"><details{1}><summary>{0}"
        "</summary>{2}</details></td><td class=\"right\" data-value=\"{3}\">{4}</td>"
        "<td class=\"right\" data-value=\"{5}\">{6}</td>"
        "<td class=\"right {7}\" data-value=\"{8}\">{9}</td></tr>\n",
        EscapeHtml(comparison.b.queries[moved.index].query), number++ < kOpenAtFirst ? " open" : "",
        Sides(comparison, moved.index), moved.a, MeasureText(measure, moved.a), moved.b,
        MeasureText(measure, moved.b), Direction(gained), difference, Signed(measure, difference));
  }
  return html + "</tbody></table></div>\n";
}

std::string Head(const Comparison& comparison, const std::vector<GateResult>& gates) {
  std::string html = fmt::format("<h1>A and B compared {}</h1>\n", GatesVerdict(gates));
  for (const auto& [letter, run] : {std::pair{'A', &comparison.a}, std::pair{'B', &comparison.b}}) {
    html += fmt::format("<p><b>{}</b> &nbsp;{}<br><span class=\"dim\">{}</span></p>\n", letter,
                        EscapeHtml(RunTitle(*run)), RunFacts(*run));
  }
  if (comparison.only_a + comparison.only_b > 0) {
    html += fmt::format("<p>Left out: {} queries that only A has and {} that only B has.</p>\n",
                        comparison.only_a, comparison.only_b);
  }
  if (comparison.regraded > 0) {
    html += fmt::format(
        "<p>{} queries are judged differently in A and B; both are measured with "
        "the judgments of B.</p>\n",
        comparison.regraded);
  }
  return html;
}

}  // namespace

std::string ComparisonPage(const Comparison& comparison, const std::vector<GateResult>& gates) {
  const std::string title =
      fmt::format("{} and {}", RunTitle(comparison.a), RunTitle(comparison.b));
  return HtmlPage(title, Head(comparison, gates) + GatesTable(gates) + MeasuresTable(comparison) +
                             Plot(comparison) + MovedTable(comparison));
}

}  // namespace aisle
