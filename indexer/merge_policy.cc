// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/merge_policy.h"

#include <map>

namespace aisle {
namespace {

// Below this all segments count as one tier: merging them is cheap.
constexpr uint32_t kTierBase = 5000;

int TierOf(uint32_t live) {
  int tier = 0;
  for (uint64_t bound = kTierBase; bound < live; bound *= kSegmentsPerTier) ++tier;
  return tier;
}

bool HasManyDead(const SegmentSize& segment) {
  return segment.live == 0 || (segment.total - segment.live) * uint64_t{3} > segment.total;
}

}  // namespace

std::vector<size_t> ChooseMerge(std::span<const SegmentSize> segments) {
  std::map<int, std::vector<size_t>> tiers;
  for (size_t i = 0; i < segments.size(); ++i) tiers[TierOf(segments[i].live)].push_back(i);
  for (const auto& [tier, places] : tiers) {
    if (places.size() >= kSegmentsPerTier) return places;
  }
  for (size_t i = 0; i < segments.size(); ++i) {
    if (HasManyDead(segments[i])) return {i};
  }
  return {};
}

}  // namespace aisle
