// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which segments of a shard to merge: size-tiered, so that each document is rewritten about log(n)
// times and a shard keeps a handful of segments. Pure functions.
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

// Places (in `segments`) to rewrite into one segment, or nothing. A single place: the segment is
// rewritten alone to drop its dead documents, once they are a third of it.
std::vector<size_t> ChooseMerge(std::span<const SegmentSize> segments);

}  // namespace aisle
