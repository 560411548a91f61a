// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/metrics_handler.h"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <set>

#include "server/server_metrics.h"

namespace aisle {
namespace {

// Resident memory of this process; 0 where the system does not tell.
uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t total_pages = 0, resident_pages = 0;
  if (!(statm >> total_pages >> resident_pages)) return 0;
  return resident_pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

// Samples of one metric must follow each other, after one header.
void AppendEngineMetrics(const std::vector<Metric>& metrics, std::string* text) {
  std::set<std::string_view> written;
  for (const Metric& first : metrics) {
    if (!written.insert(first.name).second) continue;
    AppendMetricHeader(first.name, first.help, first.is_counter ? "counter" : "gauge", text);
    for (const Metric& metric : metrics) {
      if (metric.name != first.name) continue;
      const std::string labels = metric.labels.empty() ? "" : fmt::format("{{{}}}", metric.labels);
      fmt::format_to(std::back_inserter(*text), "aisle_{}{} {}\n", metric.name, labels,
                     metric.value);
    }
  }
}

}  // namespace

HttpResponse Metrics(const RequestContext& context) {
  HttpResponse response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  context.metrics->AppendTo(&response.body);
  AppendEngineMetrics(context.engine->Metrics(), &response.body);
  AppendMetricHeader("process_resident_memory_bytes", "Resident memory of the server.", "gauge",
                     &response.body);
  response.body += fmt::format("aisle_process_resident_memory_bytes {}\n", ResidentBytes());
  AppendMetricHeader("uptime_seconds", "Since the server started.", "gauge", &response.body);
  response.body += fmt::format("aisle_uptime_seconds {}\n", context.metrics->uptime_seconds());
  return response;
}

}  // namespace aisle
