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
  // `hits`: of whose kinds the shares will be asked; the first `sampled` of them say what the
  // shares are.
  KindShares(const SearchPlan& plan, std::span<const Candidate> hits, size_t sampled);
  // Lets a kind say the more the fewer of the hits are of it: its part is multiplied by
  // ln(1 + hits / hits of the kind)^2. That a hit is clothing too says little.
  void PreferNarrow();

  struct Sum {
    double shares = 0;  // of the hit's kinds, the levels of its category
    size_t kinds = 0;
  };
  // Of hit i. `place`: of a field in the plan's kind_fields.
  Sum Of(size_t i, size_t place) const;
  // Over all fields.
  double SumOf(size_t i) const;

 private:
  using Kinds = std::span<const uint32_t>;

  std::vector<std::vector<Kinds>> kinds_;                      // by place, then by hit
  std::vector<absl::flat_hash_map<uint32_t, double>> shares_;  // by place, then by kind
};

}  // namespace aisle
