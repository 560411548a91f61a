// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/merge_policy.h"

#include <algorithm>
#include <map>
#include <numeric>

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

// The largest segment that is small against those below it, with all of these.
std::vector<size_t> ChooseTail(std::span<const SegmentSize> segments) {
  std::vector<size_t> places(segments.size());
  std::iota(places.begin(), places.end(), size_t{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](size_t a, size_t b) { return segments[a].live > segments[b].live; });
  uint64_t below = 0;
  size_t chosen = places.size();
  for (size_t i = places.size(); i-- > 0;) {
    const uint64_t live = segments[places[i]].live;
    if (i + 1 < places.size() && live <= below * kTailShare) chosen = i;
    below += live;
  }
  places.erase(places.begin(), places.begin() + static_cast<ptrdiff_t>(chosen));
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace

std::vector<size_t> ChooseMerge(std::span<const SegmentSize> segments, MergeEffort effort) {
  if (effort == MergeEffort::kTail) {
    std::vector<size_t> tail = ChooseTail(segments);
    if (!tail.empty()) return tail;
  } else if (effort == MergeEffort::kTiers || segments.size() >= kSegmentsInBulk) {
    std::map<int, std::vector<size_t>> tiers;
    for (size_t i = 0; i < segments.size(); ++i) tiers[TierOf(segments[i].live)].push_back(i);
    for (const auto& [tier, places] : tiers) {
      if (places.size() >= kSegmentsPerTier) return places;
    }
  }
  for (size_t i = 0; i < segments.size(); ++i) {
    if (HasManyDead(segments[i])) return {i};
  }
  return {};
}

}  // namespace aisle
