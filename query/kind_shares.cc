// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/kind_shares.h"

#include <algorithm>
#include <cmath>
#include <variant>

namespace aisle {
namespace {

// Of all hits before anything is done with them: they stand far apart, and the processor waits for
// many at once.
std::vector<std::span<const uint32_t>> KindsOf(const SearchPlan& plan, size_t field,
                                               std::span<const Candidate> hits) {
  std::vector<std::span<const uint32_t>> kinds(hits.size());
  for (size_t i = 0; i < hits.size(); ++i) {
    const MemoryIndex& index = plan.snapshot->segments[hits[i].segment].index();
    const auto* column = std::get_if<OrdinalColumn>(&index.ColumnOf(field));
    if (column != nullptr) kinds[i] = column->Values(hits[i].doc);
  }
  return kinds;
}

}  // namespace

KindShares::KindShares(const SearchPlan& plan, std::span<const Candidate> hits, size_t sampled)
    : shares_(plan.kind_fields.size()) {
  for (const size_t field : plan.kind_fields) kinds_.push_back(KindsOf(plan, field, hits));
  double total = 0;
  for (const Candidate& hit : hits.first(sampled)) total += hit.score;
  if (total <= 0) return;
  for (size_t place = 0; place < shares_.size(); ++place) {
    for (size_t i = 0; i < sampled; ++i) {
      for (const uint32_t kind : kinds_[place][i]) shares_[place][kind] += hits[i].score / total;
    }
  }
}

void KindShares::PreferNarrow() {
  for (size_t place = 0; place < shares_.size(); ++place) {
    absl::flat_hash_map<uint32_t, uint32_t> counts;
    for (const Kinds& kinds : kinds_[place]) {
      for (const uint32_t kind : kinds) ++counts[kind];
    }
    const auto hits = static_cast<double>(kinds_[place].size());
    for (auto& [kind, share] : shares_[place]) {
      const double narrow = std::log1p(hits / std::max<double>(1, counts[kind]));
      share *= narrow * narrow;
    }
  }
}

KindShares::Sum KindShares::Of(size_t i, size_t place) const {
  Sum sum{0, kinds_[place][i].size()};
  for (const uint32_t kind : kinds_[place][i]) {
    const auto share = shares_[place].find(kind);
    if (share != shares_[place].end()) sum.shares += share->second;
  }
  return sum;
}

double KindShares::SumOf(size_t i) const {
  double sum = 0;
  for (size_t place = 0; place < shares_.size(); ++place) sum += Of(i, place).shares;
  return sum;
}

}  // namespace aisle
