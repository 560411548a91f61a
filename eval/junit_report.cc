// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/junit_report.h"

#include <algorithm>

#include "eval/html_page.h"

namespace aisle {

std::string JunitReport(std::string_view suite, const std::vector<GateResult>& gates) {
  const auto failed = std::count_if(gates.begin(), gates.end(),
                                    [](const GateResult& gate) { return !gate.passed; });
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{0}\" failures=\"{1}\">\n"
      "  <testsuite name=\"{2}\" tests=\"{0}\" failures=\"{1}\" errors=\"0\" skipped=\"0\">\n",
      gates.size(), failed, EscapeHtml(suite));
  for (const GateResult& result : gates) {
    const std::string explanation = EscapeHtml(result.explanation);
    xml += fmt::format("    <testcase classname=\"relevance\" name=\"{}\">\n",
                       EscapeHtml(result.gate.Name()));
    if (result.passed) {
      xml += fmt::format("      <system-out>{}</system-out>\n", explanation);
    } else {
      xml += fmt::format("      <failure message=\"{0}\">{0}</failure>\n", explanation);
    }
    xml += "    </testcase>\n";
  }
  return xml + "  </testsuite>\n</testsuites>\n";
}

}  // namespace aisle
