// SPDX-License-Identifier: GPL-3.0-or-later
//
// KindShares: of what kinds the first hits of a search are: for each category, the part of their
// scores that hits of that category have. A plain value; the plan must outlive it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "query/hit_order.h"
#include "query/search_plan.h"

namespace aisle {

class KindShares {
 public:
  KindShares(const SearchPlan& plan, std::span<const Candidate> sample);
  // Lets a kind say the more the fewer of `hits` are of it: its part is multiplied by
  // ln(1 + hits / hits of the kind)^2. That a hit is clothing too says little.
  void PreferNarrow(std::span<const Candidate> hits);

  struct Sum {
    double shares = 0;  // of the hit's kinds, the levels of its category
    size_t kinds = 0;
  };
  // `place`: of a field in the plan's kind_fields.
  Sum Of(const Candidate& hit, size_t place) const;
  // Over all fields.
  double SumOf(const Candidate& hit) const;

 private:
  std::span<const uint32_t> KindsOf(const Candidate& hit, size_t place) const;

  const SearchPlan& plan_;
  std::vector<absl::flat_hash_map<uint32_t, double>> shares_;  // by place, then by kind
};

}  // namespace aisle
