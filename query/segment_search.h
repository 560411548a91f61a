// SPDX-License-Identifier: GPL-3.0-or-later
//
// SegmentSearch: one plan on one segment's memory index: which documents match, for which facet,
// with which score. One object per segment and request; not thread safe. Plan and view must outlive
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "facets/doc_set.h"
#include "indexer/segment.h"
#include "query/search_plan.h"

namespace aisle {

// In how many live documents each word stands, over all segments: frequencies[word][i] for
// plan.fields[i].
struct WordStatistics {
  std::vector<std::vector<uint64_t>> frequencies;
  uint64_t documents = 0;
  double average_length = 0;
};

class SegmentSearch {
 public:
  SegmentSearch(const SearchPlan& plan, const SegmentView& view);

  const SegmentView& view() const { return view_; }
  // Live documents that match everything.
  const DocSet& matches() const { return matches_; }
  // Those that match everything but the selection `lifted`.
  const DocSet& MatchesWithout(std::optional<size_t> lifted) const {
    return lifted ? without_selection_[*lifted] : matches_;
  }

  // Adds the live documents of this segment to `statistics`.
  void CountWords(WordStatistics* statistics) const;
  // The text score of each match, in the order of matches().
  std::vector<double> Score(const WordStatistics& statistics) const;

 private:
  DocSet MatchWord(const PlannedWord& word) const;
  void MatchSelections(const DocSet& base);

  const SearchPlan& plan_;
  const SegmentView& view_;
  uint32_t searched_mask_ = 0;
  DocSet matches_;
  std::vector<DocSet> without_selection_;  // by selection
};

}  // namespace aisle
