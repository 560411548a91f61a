// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures of one ranked answer against the judgments of its query. A product without a judgment
// counts as grade 0.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace aisle {

// Normalised discounted cumulative gain of the first k (Järvelin and Kekäläinen 2002) with gain
// 2^grade - 1 and discount log2(rank + 1); the ideal is over all judged products. 0..1; 0 if no
// product has a grade above 0.
double Ndcg(const std::vector<std::string>& ranked, const std::map<std::string, int>& grades,
            size_t k);

// The part of the products with at least `grade_min` that are among the first k. 1 if there is none
// to find.
double Recall(const std::vector<std::string>& ranked, const std::map<std::string, int>& grades,
              size_t k, int grade_min);

}  // namespace aisle
