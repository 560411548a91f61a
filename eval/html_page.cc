// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/html_page.h"

#include <algorithm>
#include <ctime>

#include <fmt/chrono.h>

namespace aisle {
namespace {

// Which of the four colours a grade has.
std::string_view GradeClass(int grade, int grade_max) {
  if (grade >= grade_max) return "top";
  if (grade * 2 >= grade_max) return "high";
  return grade > 0 ? "low" : "zero";
}

std::string GradeChip(const QueryRun& query, const std::string& id, int grade_max) {
  const auto grade = query.grades.find(id);
  if (grade == query.grades.end()) {
    return R"(<span class="grade none" title="not judged">?</span>)";
  }
  return fmt::format(R"(<span class="grade {0}" title="grade {1}">{1}</span>)",
                     GradeClass(grade->second, grade_max), grade->second);
}

std::string DateOf(int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts = {};
  if (gmtime_r(&time, &parts) == nullptr) return "?";
  return fmt::format("{:%Y-%m-%d %H:%M} UTC", parts);
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_control = byte < 0x20 && c != '\n' && c != '\t';
        if (is_control || byte == 0x7F) {
          escaped += "\xEF\xBF\xBD";
        } else {
          escaped += c;
        }
      }
    }
  }
  return escaped;
}

std::string HtmlPage(std::string_view title, std::string_view body) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{}</main>\n"
      "<script>\n{}</script>\n</body>\n</html>\n",
      EscapeHtml(title), kPageStyle, body, kPageScript);
}

std::string GatesVerdict(const std::vector<GateResult>& gates) {
  if (gates.empty()) return "";
  const auto failed = std::count_if(gates.begin(), gates.end(),
                                    [](const GateResult& gate) { return !gate.passed; });
  if (failed == 0) return R"(<span class="verdict">all gates passed</span>)";
  return fmt::format(R"(<span class="verdict failed">{} of {} gates failed</span>)", failed,
                     gates.size());
}

std::string GatesTable(const std::vector<GateResult>& gates) {
  if (gates.empty()) return "";
  std::string html =
      "<h2>Gates</h2>\n<div class=\"scroll\"><table><thead><tr><th>Gate</th><th>Verdict</th>"
      "<th>Measured</th></tr></thead><tbody>\n";
  for (const GateResult& result : gates) {
    html +=
        fmt::format("<tr><td>{}</td><td><span class=\"verdict{}\">{}</span></td><td>{}</td></tr>\n",
                    EscapeHtml(result.gate.Name()), result.passed ? "" : " failed",
                    result.passed ? "passed" : "failed", EscapeHtml(result.explanation));
  }
  return html + "</tbody></table></div>\n";
}

std::string HitList(const QueryRun& query, int grade_max, size_t count) {
  if (query.hits.empty()) return "<p class=\"dim\">nothing found</p>";
  std::string html = "<ol class=\"hits\">\n";
  for (size_t i = 0; i < std::min(count, query.hits.size()); ++i) {
    const RunHit& hit = query.hits[i];
    const std::string title = EscapeHtml(hit.title.empty() ? hit.id : hit.title);
    html += fmt::format(
        R"(<li><span class="rank">{}</span>{}<span class="title" title="{}">{}</span></li>)", i + 1,
        GradeChip(query, hit.id, grade_max), EscapeHtml(hit.id), title);
    html += '\n';
  }
  return html + "</ol>";
}

std::string RunTitle(const Run& run) {
  if (run.name.empty()) return run.source;
  return run.source.empty() ? run.name : run.name + ": " + run.source;
}

std::string RunFacts(const Run& run) {
  std::string html = fmt::format("{} queries, the first {} hits of each, {}", run.queries.size(),
                                 run.depth, DateOf(run.made_at));
  if (run.documents) html += fmt::format(", {} documents", *run.documents);
  if (run.absent.value_or(0) > 0) {
    html += fmt::format(", {} judged products not among them", *run.absent);
  }
  if (!run.parameters.as_object().empty()) {
    html += fmt::format("<br><code>{}</code>", EscapeHtml(run.parameters.Dump()));
  }
  return html;
}

}  // namespace aisle
