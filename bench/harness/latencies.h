// SPDX-License-Identifier: GPL-3.0-or-later
//
// Latencies: the times of single queries and their percentiles.
#pragma once

#include <string>
#include <vector>

namespace aisle::bench {

class Latencies {
 public:
  void Add(double microseconds) { values_.push_back(microseconds); }
  bool empty() const { return values_.empty(); }
  double Mean() const;
  // The smallest value that at least `share` (0..1) of the values do not exceed; 0 if there are
  // none.
  double Percentile(double share) const;
  // `"mean_us":1.2,"p50_us":...,"qps":...`
  std::string ToJsonMembers() const;

 private:
  std::vector<double> values_;
};

}  // namespace aisle::bench
