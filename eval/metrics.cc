// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace aisle {
namespace {

double Gain(int grade, size_t rank) {
  return (std::exp2(grade) - 1) / std::log2(static_cast<double>(rank) + 1);
}

}  // namespace

double Ndcg(const std::vector<std::string>& ranked, const std::map<std::string, int>& grades,
            size_t k) {
  double gained = 0, ideal = 0;
  for (size_t i = 0; i < std::min(k, ranked.size()); ++i) {
    const auto grade = grades.find(ranked[i]);
    if (grade != grades.end()) gained += Gain(grade->second, i + 1);
  }
  std::vector<int> best;
  for (const auto& [id, grade] : grades) best.push_back(grade);
  std::sort(best.begin(), best.end(), std::greater<>());
  for (size_t i = 0; i < std::min(k, best.size()); ++i) ideal += Gain(best[i], i + 1);
  return ideal > 0 ? gained / ideal : 0;
}

double Recall(const std::vector<std::string>& ranked, const std::map<std::string, int>& grades,
              size_t k, int grade_min) {
  size_t wanted = 0, found = 0;
  for (const auto& [id, grade] : grades) {
    if (grade < grade_min) continue;
    ++wanted;
    const auto end = ranked.begin() + static_cast<ptrdiff_t>(std::min(k, ranked.size()));
    found += std::find(ranked.begin(), end, id) != end;
  }
  return wanted == 0 ? 1 : static_cast<double>(found) / static_cast<double>(wanted);
}

}  // namespace aisle
