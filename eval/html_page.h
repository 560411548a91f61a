// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the HTML reports have in common. A report is one file without anything from elsewhere: style
// and script are in it, plots are inline SVG. It reads in light and dark, printed, and without the
// script. All text is escaped where it is put in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "eval/gate.h"
#include "eval/run.h"

namespace aisle {

extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;

// For element content and quoted attributes; control characters, which XML and HTML refuse, become
// U+FFFD. Also for XML.
std::string EscapeHtml(std::string_view text);

// The whole document. `body` is HTML.
std::string HtmlPage(std::string_view title, std::string_view body);

// "passed" or "failed", and a table of the gates; nothing without gates.
std::string GatesVerdict(const std::vector<GateResult>& gates);
std::string GatesTable(const std::vector<GateResult>& gates);

// The first hits of a query with their grades, as a list.
std::string HitList(const QueryRun& query, int grade_max, size_t count);

// "name: source", or what there is of them.
std::string RunTitle(const Run& run);

// What the reports say below a run's title: when, how deep, with which parameters.
std::string RunFacts(const Run& run);

}  // namespace aisle
