// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which segments of a shard to merge. Pure functions.
//
// While changes come, size-tiered: each document is rewritten about log(n) times. While they come
// in bulk, later: each is rewritten about once, and searches look into more segments meanwhile.
// When none come, or a flush of all is asked for, until one large segment and a small tail are
// left, since what a search costs grows with the segments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace aisle {

struct SegmentSize {
  uint32_t live = 0;
  uint32_t total = 0;  // live and dead
};

// A tier holds segments of about the same size; the fourth one merges them.
inline constexpr size_t kSegmentsPerTier = 4;

enum class MergeEffort {
  kBulk,   // imports and snapshots come: nothing before there are kSegmentsInBulk
  kTiers,  // changes come
  kTail,   // none come: each segment is to be more than kTailShare times all smaller ones together
};
inline constexpr size_t kSegmentsInBulk = 12;
inline constexpr uint64_t kTailShare = 8;

// Places (in `segments`) to rewrite into one segment, or nothing. A single place: the segment is
// rewritten alone to drop its dead documents, once they are a third of it.
std::vector<size_t> ChooseMerge(std::span<const SegmentSize> segments, MergeEffort effort);

}  // namespace aisle
