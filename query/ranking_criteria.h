// SPDX-License-Identifier: GPL-3.0-or-later
//
// RankingCriteria: what a collection's own ranking (core/ranking.h) says of hits. One object per
// request; not thread safe.
#pragma once

#include <optional>
#include <vector>

#include "core/ranking.h"
#include "query/hit_explainer.h"
#include "query/search_plan.h"

namespace aisle {

class RankingCriteria {
 public:
  // REQUIRES: the plan has criteria. `rule` as of HitExplainer. Both must outlive this.
  RankingCriteria(const SearchPlan& plan, const PartialRule* rule)
      : plan_(plan), explainer_(plan, rule) {}

  // By criterion: the more the better, but for fields, which are as they are.
  std::vector<Json> ValuesOf(const Candidate& hit) const;
  // Orders hits, which are in the order of their scores, by the criteria; equal ones stay.
  void Order(std::vector<Candidate>* hits) const;

 private:
  double ProximityOf(const Candidate& hit, const HitExplanation& explanation) const;

  const SearchPlan& plan_;
  const HitExplainer explainer_;
};

// Explains hits with what the collection's ranking says of them. As HitExplainer.
class RankedHitExplainer {
 public:
  RankedHitExplainer(const SearchPlan& plan, const PartialRule* rule);

  HitExplanation Explain(const Candidate& hit) const;

 private:
  const SearchPlan& plan_;
  const HitExplainer hits_;
  std::optional<RankingCriteria> criteria_;  // if there are any
};

}  // namespace aisle
