// SPDX-License-Identifier: GPL-3.0-or-later
//
// HitExplainer: makes the explanations of hits (query/hit_explanation.h).
#pragma once

#include <string_view>
#include <vector>

#include "query/hit_explanation.h"
#include "query/hit_order.h"
#include "query/partial_match.h"
#include "query/search_plan.h"
#include "query/text_statistics.h"

namespace aisle {

// Explains any document of a search. Not thread safe; what it is made from must outlive it.
class HitExplainer {
 public:
  // `rule`: by which documents lack words; nullptr: they have all.
  HitExplainer(const SearchPlan& plan, const PartialRule* rule);

  // `hit` with the score that the search gave it.
  HitExplanation Explain(const Candidate& hit) const;
  // The first value of a field; null: it has none.
  Json ValueOf(const Candidate& hit, std::string_view field) const;

 private:
  HitExplanation::Word ExplainWord(size_t word, const Candidate& hit) const;
  std::vector<HitExplanation::Criterion> CriteriaOf(const Candidate& hit) const;

  const SearchPlan& plan_;
  const PartialRule* const rule_;
  const HitOrder order_;
  const TextStatistics statistics_;
};

}  // namespace aisle
