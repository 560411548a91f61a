// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/kind_shares.h"

#include <algorithm>
#include <cmath>
#include <variant>

namespace aisle {

KindShares::KindShares(const SearchPlan& plan, std::span<const Candidate> sample)
    : plan_(plan), shares_(plan.kind_fields.size()) {
  double total = 0;
  for (const Candidate& hit : sample) total += hit.score;
  if (total <= 0) return;
  for (size_t place = 0; place < shares_.size(); ++place) {
    for (const Candidate& hit : sample) {
      for (const uint32_t kind : KindsOf(hit, place)) shares_[place][kind] += hit.score / total;
    }
  }
}

void KindShares::PreferNarrow(std::span<const Candidate> hits) {
  for (size_t place = 0; place < shares_.size(); ++place) {
    absl::flat_hash_map<uint32_t, uint32_t> counts;
    for (const Candidate& hit : hits) {
      for (const uint32_t kind : KindsOf(hit, place)) ++counts[kind];
    }
    for (auto& [kind, share] : shares_[place]) {
      const double narrow =
          std::log1p(static_cast<double>(hits.size()) / std::max<double>(1, counts[kind]));
      share *= narrow * narrow;
    }
  }
}

std::span<const uint32_t> KindShares::KindsOf(const Candidate& hit, size_t place) const {
  const MemoryIndex& index = plan_.snapshot->segments[hit.segment].index();
  const auto* column = std::get_if<OrdinalColumn>(&index.ColumnOf(plan_.kind_fields[place]));
  return column == nullptr ? std::span<const uint32_t>() : column->Values(hit.doc);
}

KindShares::Sum KindShares::Of(const Candidate& hit, size_t place) const {
  const std::span<const uint32_t> kinds = KindsOf(hit, place);
  Sum sum{0, kinds.size()};
  for (const uint32_t kind : kinds) {
    const auto share = shares_[place].find(kind);
    if (share != shares_[place].end()) sum.shares += share->second;
  }
  return sum;
}

double KindShares::SumOf(const Candidate& hit) const {
  double sum = 0;
  for (size_t place = 0; place < shares_.size(); ++place) sum += Of(hit, place).shares;
  return sum;
}

}  // namespace aisle
