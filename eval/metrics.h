// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures of one ranked answer against the grades of its query. "Relevant" is a product whose
// grade is at least `grade_min`, which is 1 or more. A measure is nullopt if the query has nothing
// that could be found: no ranking is better or worse then, and a mean leaves the query out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "eval/judgments.h"

namespace aisle {

// What a hit without a judgment counts as.
enum class Unjudged {
  kIrrelevant,  // grade 0
  kSkipped,  // it is not there: the condensed list of Sakai, "Alternatives to Bpref" (SIGIR 2007)
};

// All that measures look at.
struct GradedRanking {
  std::vector<int> hits;    // grades in the order of the ranking
  std::vector<int> judged;  // all grades of the query, falling
};

GradedRanking GradeRanking(const std::vector<std::string>& ids, const Grades& grades,
                           Unjudged unjudged);

enum class Gain {
  kExponential,  // 2^grade - 1: Burges et al., "Learning to rank using gradient descent" (2005)
  kLinear,       // grade: Järvelin and Kekäläinen (2002); what trec_eval does
};

// Normalised discounted cumulative gain of the first k, with the discount log2(rank + 1): Järvelin
// and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (TOIS 2002). The ideal is the
// best order of all judged products, found or not. 0..1.
std::optional<double> Ndcg(const GradedRanking& ranking, size_t k, Gain gain);

// 1 / rank of the first relevant hit among the first k, 0 if there is none: Voorhees, "The TREC-8
// question answering track report" (1999). Its mean over queries is MRR.
std::optional<double> ReciprocalRank(const GradedRanking& ranking, size_t k, int grade_min);

// The precision at the rank of each relevant hit among the first k, summed and divided by the
// number of all relevant products: Buckley and Voorhees in "TREC: experiment and evaluation in
// information retrieval" (2005). Its mean over queries is MAP.
std::optional<double> AveragePrecision(const GradedRanking& ranking, size_t k, int grade_min);

// Expected reciprocal rank at which a shopper who reads from the top is content: Chapelle et al.,
// "Expected reciprocal rank for graded relevance" (CIKM 2009). A hit satisfies with the probability
// (2^grade - 1) / 2^grade_max; `grade_max` is the top of the scale and at least every grade. Not
// normalised: the best order does not reach 1.
std::optional<double> ExpectedReciprocalRank(const GradedRanking& ranking, size_t k, int grade_max);

// Relevant hits among the first k, divided by k even if there are fewer hits. nullopt if nothing
// relevant is judged.
std::optional<double> Precision(const GradedRanking& ranking, size_t k, int grade_min);

// The part of the relevant products that is among the first k hits.
std::optional<double> Recall(const GradedRanking& ranking, size_t k, int grade_min);

// The part of the first k hits that is judged at all: below 1 the other measures are a guess about
// the rest. nullopt without hits.
std::optional<double> JudgedPart(const std::vector<std::string>& ids, const Grades& grades,
                                 size_t k);

// The value at `part` (0..1) of the sorted values by the nearest-rank method: the smallest value
// that is not less than this part of all. REQUIRES: `values` is not empty.
double Percentile(std::vector<double> values, double part);

}  // namespace aisle
