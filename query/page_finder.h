// SPDX-License-Identifier: GPL-3.0-or-later
//
// PageFinder: the hits of the page among the matches of all segments: those that may be among the
// first by the first sort key, then put into order; by text match also the second phase
// (query/second_phase.h), and what follows the first ten by its likeness to them; or the
// collection's own criteria (query/ranking_criteria.h). One object per request; not thread safe.
// Plan and segments must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "query/hit_order.h"
#include "query/match_scorer.h"
#include "query/search_plan.h"
#include "query/segment_search.h"
#include "query/top_hits.h"

namespace aisle {

class PageFinder {
 public:
  // `segments`: those of plan.snapshot.
  PageFinder(const SearchPlan& plan, const std::vector<SegmentSearch>& segments);

  // The hits that the plan's offset and limit ask for, in order. `found`: all matches, more than
  // the offset.
  std::vector<Candidate> Find(uint64_t found);

 private:
  // Whether it sorts by the text match in buckets.
  bool HasBuckets() const;
  // Which bucket a match is in, all scores say.
  std::vector<Candidate> FindBucketed(uint64_t end);
  struct Likeness {
    double score_min = 0;
    uint64_t end = 0;  // hits before this place are in order
  };
  // What follows the first ten is ordered by likeness, unless the collection says otherwise.
  bool GoesByLikeness(uint64_t end) const;
  // Whether the page up to `end` has hits that are ordered anew.
  bool IsReranked(uint64_t end) const;
  // The page up to `end`, of which the first hits are ordered anew; those after them follow in the
  // first order.
  std::vector<Candidate> FindReranked(uint64_t end) const;
  // Takes out the hits after the first `count`; those before place `end` are in order, and the
  // first of them.
  std::vector<Candidate> TakeBeyond(uint64_t count, uint64_t end,
                                    std::vector<Candidate>* hits) const;
  // Adds to `hits`, the first of a search as the second phase orders and scores them, the others of
  // `all`, by their likeness to these. `all` has the scores of the words. What is added scores
  // between `score_min` and the least of `hits`.
  void AddByLikeness(std::vector<Candidate> all, const Likeness& likeness,
                     std::vector<Candidate>* hits) const;
  // All matches that may be among the first `wanted`.
  std::vector<Candidate> Candidates(uint64_t wanted) const;
  // The hits, segment by segment, with their scores.
  std::vector<Candidate> Scored(const std::vector<TopHits::Hit>& hits) const;

  const SearchPlan& plan_;
  const std::vector<SegmentSearch>& segments_;
  HitOrder order_;
  std::optional<MatchScorer> scorer_;  // if the plan needs scores
};

}  // namespace aisle
