// SPDX-License-Identifier: GPL-3.0-or-later
//
// The measures once more, straight from their definitions and with no thought for speed: ranks are
// counted from 1, sums are written out, the ideal order is picked one product at a time.
// What eval/metrics computes is compared with this.
#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace aisle::slow {

using Grades = std::map<std::string, int, std::less<>>;
using Ids = std::vector<std::string>;

inline int GradeOf(const Grades& grades, const std::string& id) {
  return grades.contains(id) ? grades.at(id) : 0;
}

inline Ids Condensed(const Ids& ids, const Grades& grades) {
  Ids judged;
  for (const std::string& id : ids) {
    if (grades.contains(id)) judged.push_back(id);
  }
  return judged;
}

inline double Gain(int grade, bool linear) { return linear ? grade : std::pow(2.0, grade) - 1.0; }

inline double Dcg(const Ids& ids, const Grades& grades, size_t k, bool linear) {
  double sum = 0;
  for (size_t rank = 1; rank <= k && rank <= ids.size(); ++rank) {
    sum += Gain(GradeOf(grades, ids[rank - 1]), linear) /
           (std::log(double(rank) + 1.0) / std::log(2.0));
  }
  return sum;
}

// Takes the best that is left, one after the other.
inline Ids IdealOrder(Grades left) {
  Ids order;
  while (!left.empty()) {
    auto best = left.begin();
    for (auto i = left.begin(); i != left.end(); ++i) {
      if (i->second > best->second) best = i;
    }
    order.push_back(best->first);
    left.erase(best);
  }
  return order;
}

inline std::optional<double> Ndcg(const Ids& ids, const Grades& grades, size_t k, bool linear) {
  const double ideal = Dcg(IdealOrder(grades), grades, k, linear);
  if (ideal == 0) return std::nullopt;
  return Dcg(ids, grades, k, linear) / ideal;
}

inline std::set<std::string> Relevant(const Grades& grades, int grade_min) {
  std::set<std::string> relevant;
  for (const auto& [id, grade] : grades) {
    if (grade >= grade_min) relevant.insert(id);
  }
  return relevant;
}

inline int HitsUpTo(const Ids& ids, const std::set<std::string>& relevant, size_t rank) {
  int hits = 0;
  for (size_t r = 1; r <= rank && r <= ids.size(); ++r) hits += relevant.contains(ids[r - 1]);
  return hits;
}

inline std::optional<double> Precision(const Ids& ids, const Grades& grades, size_t k, int min) {
  const auto relevant = Relevant(grades, min);
  if (relevant.empty()) return std::nullopt;
  return double(HitsUpTo(ids, relevant, k)) / double(k);
}

inline std::optional<double> Recall(const Ids& ids, const Grades& grades, size_t k, int min) {
  const auto relevant = Relevant(grades, min);
  if (relevant.empty()) return std::nullopt;
  return double(HitsUpTo(ids, relevant, k)) / double(relevant.size());
}

inline std::optional<double> AveragePrecision(const Ids& ids, const Grades& grades, size_t k,
                                              int min) {
  const auto relevant = Relevant(grades, min);
  if (relevant.empty()) return std::nullopt;
  double sum = 0;
  for (size_t rank = 1; rank <= k && rank <= ids.size(); ++rank) {
    if (relevant.contains(ids[rank - 1])) sum += *Precision(ids, grades, rank, min);
  }
  return sum / double(relevant.size());
}

inline std::optional<double> ReciprocalRank(const Ids& ids, const Grades& grades, size_t k,
                                            int min) {
  const auto relevant = Relevant(grades, min);
  if (relevant.empty()) return std::nullopt;
  for (size_t rank = 1; rank <= k; ++rank) {
    if (HitsUpTo(ids, relevant, rank) > 0) return 1.0 / double(rank);
  }
  return 0;
}

// Sum over ranks of 1/rank times the probability that the shopper stops exactly there.
inline std::optional<double> Err(const Ids& ids, const Grades& grades, size_t k, int grade_max) {
  if (Relevant(grades, 1).empty()) return std::nullopt;
  const auto content = [&](size_t rank) {
    return (std::pow(2.0, GradeOf(grades, ids[rank - 1])) - 1.0) / std::pow(2.0, grade_max);
  };
  double sum = 0;
  for (size_t rank = 1; rank <= k && rank <= ids.size(); ++rank) {
    double stops_here = content(rank);
    for (size_t before = 1; before < rank; ++before) stops_here *= 1 - content(before);
    sum += stops_here / double(rank);
  }
  return sum;
}

}  // namespace aisle::slow
