// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the server counts about itself: requests by endpoint and code, their latency, what is under
// way.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace aisle {

class Admission;

// Thread safe; counting takes no lock.
class ServerMetrics {
 public:
  // Both outlive this. `endpoint_names` may repeat: equal names are counted together. What belongs
  // to no endpoint is counted as "static" (files) or "other".
  ServerMetrics(const std::vector<std::string_view>& endpoint_names, const Admission* connections,
                const Admission* requests);

  static constexpr size_t kStatic = SIZE_MAX;
  static constexpr size_t kOther = SIZE_MAX - 1;

  // `endpoint` is an index into `endpoint_names`, kStatic or kOther.
  void Count(size_t endpoint, int http_status, std::chrono::nanoseconds latency);

  // Prometheus text format.
  void AppendTo(std::string* text) const;
  double uptime_seconds() const;

 private:
  static constexpr std::array<double, 15> kBucketSeconds = {
      0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  static constexpr size_t kCodesMax = 600;

  struct Group {
    std::string_view name;
    std::array<std::atomic<uint64_t>, kCodesMax> by_code{};
    std::array<std::atomic<uint64_t>, kBucketSeconds.size() + 1>
        by_bucket{};  // the last: slower than all
    std::atomic<uint64_t> nanoseconds{0};
  };
  Group& GroupOf(size_t endpoint) const;

  std::vector<std::unique_ptr<Group>> groups_;  // the last two: static, other
  std::vector<size_t> group_of_endpoint_;
  const Admission* const connections_;
  const Admission* const requests_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// Appends "# HELP" and "# TYPE" of the metric "aisle_" + name.
void AppendMetricHeader(std::string_view name, std::string_view help, std::string_view type,
                        std::string* text);

}  // namespace aisle
