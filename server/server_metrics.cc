// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server_metrics.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "server/admission.h"

namespace aisle {

ServerMetrics::ServerMetrics(const std::vector<std::string_view>& endpoint_names,
                             const Admission* connections, const Admission* requests)
    : connections_(connections), requests_(requests) {
  const auto add = [this](std::string_view name) {
    groups_.push_back(std::make_unique<Group>());
    groups_.back()->name = name;
  };
  for (const std::string_view name : endpoint_names) {
    size_t group = 0;
    while (group < groups_.size() && groups_[group]->name != name) ++group;
    if (group == groups_.size()) add(name);
    group_of_endpoint_.push_back(group);
  }
  add("static");
  add("other");
}

ServerMetrics::Group& ServerMetrics::GroupOf(size_t endpoint) const {
  if (endpoint < group_of_endpoint_.size()) return *groups_[group_of_endpoint_[endpoint]];
  return *groups_[groups_.size() - (endpoint == kStatic ? 2 : 1)];
}

void ServerMetrics::Count(size_t endpoint, int http_status, std::chrono::nanoseconds latency) {
  Group& group = GroupOf(endpoint);
  const double seconds = std::chrono::duration<double>(latency).count();
  const auto bucket = std::lower_bound(kBucketSeconds.begin(), kBucketSeconds.end(), seconds);
  constexpr auto kRelaxed = std::memory_order_relaxed;
  group.by_bucket[static_cast<size_t>(bucket - kBucketSeconds.begin())].fetch_add(1, kRelaxed);
  group.by_code[static_cast<size_t>(std::clamp(http_status, 0, int{kCodesMax} - 1))].fetch_add(
      1, kRelaxed);
  group.nanoseconds.fetch_add(static_cast<uint64_t>(std::max<int64_t>(latency.count(), 0)),
                              kRelaxed);
}

void ServerMetrics::AppendTo(std::string* text) const {
  auto out = std::back_inserter(*text);
  AppendMetricHeader("http_requests_total", "Requests answered.", "counter", text);
  for (const auto& group : groups_) {
    for (size_t code = 0; code < kCodesMax; ++code) {
      const uint64_t count = group->by_code[code].load(std::memory_order_relaxed);
      if (count == 0) continue;
      fmt::format_to(out, "aisle_http_requests_total{{endpoint=\"{}\",code=\"{}\"}} {}\n",
                     group->name, code, count);
    }
  }
  AppendMetricHeader("http_request_seconds", "From the header's end to the answer's last byte.",
                     "histogram", text);
  for (const auto& group : groups_) {
    uint64_t total = 0;
    for (size_t i = 0; i <= kBucketSeconds.size(); ++i) {
      total += group->by_bucket[i].load(std::memory_order_relaxed);
      const std::string bound =
          i < kBucketSeconds.size() ? fmt::format("{}", kBucketSeconds[i]) : "+Inf";
      fmt::format_to(out, "aisle_http_request_seconds_bucket{{endpoint=\"{}\",le=\"{}\"}} {}\n",
                     group->name, bound, total);
    }
    const double seconds =
        static_cast<double>(group->nanoseconds.load(std::memory_order_relaxed)) / 1e9;
    fmt::format_to(out, "aisle_http_request_seconds_sum{{endpoint=\"{}\"}} {}\n", group->name,
                   seconds);
    fmt::format_to(out, "aisle_http_request_seconds_count{{endpoint=\"{}\"}} {}\n", group->name,
                   total);
  }
  AppendMetricHeader("http_connections", "Open connections.", "gauge", text);
  fmt::format_to(out, "aisle_http_connections {}\n", connections_->count());
  AppendMetricHeader("http_requests_in_flight", "Requests being answered.", "gauge", text);
  fmt::format_to(out, "aisle_http_requests_in_flight {}\n", requests_->count());
}

double ServerMetrics::uptime_seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

void AppendMetricHeader(std::string_view name, std::string_view help, std::string_view type,
                        std::string* text) {
  fmt::format_to(std::back_inserter(*text), "# HELP aisle_{0} {1}\n# TYPE aisle_{0} {2}\n", name,
                 help, type);
}

}  // namespace aisle
