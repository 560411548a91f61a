// SPDX-License-Identifier: GPL-3.0-or-later
//
// SegmentFilter: a prepared filter on one segment. It can be asked for all its documents, or which
// of a few documents pass; the caller chooses what is cheaper. Thread safe; the filter, the view
// and the snapshot must outlive it. A segment that is older than a field has no values for it.
//
// A filter that is asked for again is evaluated whole, once, and kept with the segment, which never
// changes, under the versions of its hot columns, which do; so nothing that is kept ever becomes
// wrong. Kept is what costs more to evaluate than to look up: filters that few documents pass are
// not.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "facets/doc_set.h"
#include "indexer/snapshot.h"
#include "query/prepared_filter.h"

namespace aisle {

class FilterNode;

class SegmentFilter {
 public:
  SegmentFilter(const PreparedFilter& filter, const SegmentView& view, const Snapshot& snapshot);
  ~SegmentFilter();
  SegmentFilter(SegmentFilter&&) noexcept;

  bool accepts_all() const;
  // How many documents it may accept, at most; a guess from above that costs nothing.
  uint32_t Estimate() const;
  // Whether List() costs no more than it gives: else it is made from a bitmap.
  bool IsList() const;
  // All documents that it accepts, live or not.
  DocSet Evaluate() const;
  // The same as a list, for filters with a small Estimate().
  std::vector<DocId> List() const;
  // Sets passes[i] to 1 or 0 for each of `docs`, which ascend.
  void Mark(std::span<const DocId> docs, uint8_t* passes) const;

 private:
  std::unique_ptr<const FilterNode> root_;
  uint32_t size_;
};

// How many documents the filter may accept in all segments, at most, without it being asked for.
uint64_t EstimateOnce(const PreparedFilter& filter, const Snapshot& snapshot);

}  // namespace aisle
