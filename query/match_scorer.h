// SPDX-License-Identifier: GPL-3.0-or-later
//
// MatchScorer: the scores of a search's matches by their text, over all segments. That of a match
// which lacks words (query/partial_match.h) is multiplied by its share of the query's weight. One
// object per request; not thread safe. Plan and segments must outlive it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/search_plan.h"
#include "query/segment_search.h"
#include "query/text_scorer.h"
#include "query/text_statistics.h"
#include "query/top_hits.h"

namespace aisle {

class MatchScorer {
 public:
  // REQUIRES: plan.needs_scores(). `segments`: those of plan.snapshot.
  MatchScorer(const SearchPlan& plan, const std::vector<SegmentSearch>& segments);

  // The scores of matches of a segment, which ascend.
  std::vector<double> Score(uint32_t segment, std::span<const DocId> docs) const;
  // Offers those matches of a segment to `top`, ranked by score, that may be among the best.
  void AddBest(uint32_t segment, TopHits* top) const;
  // Offers all of them, those that score least first.
  void AddWorst(uint32_t segment, TopHits* top) const;

 private:
  TextScorer ScorerOf(uint32_t segment) const;
  void AddAll(uint32_t segment, std::span<const DocId> docs, TopHits* top) const;
  // The best of the matches but for `exceptions`, by the main lists of the words.
  static void AddBestByMains(const TextScorer& scorer, const SegmentSearch& search,
                             const MatchClass& all, std::span<const DocId> exceptions,
                             TopHits* top);
  void AddClasses(uint32_t segment, std::span<const DocId> exceptions, TopHits* top) const;

  const SearchPlan& plan_;
  const std::vector<SegmentSearch>& segments_;
  TextStatistics statistics_;
};

}  // namespace aisle
