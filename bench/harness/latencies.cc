// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/harness/latencies.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace aisle::bench {

double Latencies::Mean() const {
  if (values_.empty()) return 0;
  return std::accumulate(values_.begin(), values_.end(), 0.0) / static_cast<double>(values_.size());
}

double Latencies::Percentile(double share) const {
  if (values_.empty()) return 0;
  std::vector<double> sorted = values_;
  const double rank = std::ceil(share * static_cast<double>(sorted.size()));
  const size_t place = std::min(static_cast<size_t>(std::max(rank, 1.0)), sorted.size()) - 1;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<int64_t>(place), sorted.end());
  return sorted[place];
}

std::string Latencies::ToJsonMembers() const {
  const double mean = Mean();
  return fmt::format(
      R"("mean_us":{:.1f},"p50_us":{:.1f},"p95_us":{:.1f},"p99_us":{:.1f},"qps":{:.1f})", mean,
      Percentile(0.5), Percentile(0.95), Percentile(0.99), mean > 0 ? 1e6 / mean : 0);
}

}  // namespace aisle::bench
