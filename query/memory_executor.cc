// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/memory_executor.h"

#include <memory>

#include "facets/facet_collector.h"
#include "query/segment_search.h"

namespace aisle {
namespace {

absl::StatusOr<FacetResult> CountFacet(const PlannedFacet& facet, const SearchPlan& plan,
                                       const std::vector<SegmentSearch>& segments) {
  const Field& field = plan.snapshot->schema->fields()[facet.field];
  const Dictionary* values =
      field.IsText() ? &plan.snapshot->dictionaries->values(facet.field) : nullptr;
  ASSIGN_OR_RETURN(auto collector, FacetCollector::Create(facet.request, field, values));
  for (const SegmentSearch& segment : segments) {
    collector->Collect(segment.view().index().ColumnOf(facet.field),
                       segment.MatchesWithout(facet.lifted));
  }
  return collector->Finish();
}

WordStatistics CountWords(const SearchPlan& plan, const std::vector<SegmentSearch>& segments) {
  WordStatistics statistics;
  statistics.documents = plan.snapshot->live_count;
  if (plan.snapshot->live_count > 0) {
    statistics.average_length = static_cast<double>(plan.snapshot->live_length) /
                                static_cast<double>(plan.snapshot->live_count);
  }
  statistics.frequencies.assign(plan.words.size(), std::vector<uint64_t>(plan.fields.size(), 0));
  for (const SegmentSearch& segment : segments) segment.CountWords(&statistics);
  return statistics;
}

std::vector<Candidate> CollectCandidates(const SearchPlan& plan,
                                         const std::vector<SegmentSearch>& segments) {
  WordStatistics statistics;
  if (plan.needs_scores()) statistics = CountWords(plan, segments);
  std::vector<Candidate> candidates;
  for (uint32_t i = 0; i < segments.size(); ++i) {
    std::vector<double> scores;
    if (plan.needs_scores()) scores = segments[i].Score(statistics);
    size_t rank = 0;
    segments[i].matches().ForEach([&](DocId doc) {
      candidates.push_back({scores.empty() ? 0.0 : scores[rank], i, doc});
      ++rank;
    });
  }
  return candidates;
}

}  // namespace

absl::StatusOr<SearchOutcome> ExecuteOnMemory(const SearchPlan& plan) {
  std::vector<SegmentSearch> segments;
  segments.reserve(plan.snapshot->segments.size());
  for (const SegmentView& view : plan.snapshot->segments) segments.emplace_back(plan, view);

  SearchOutcome outcome;
  for (const SegmentSearch& segment : segments) outcome.found += segment.matches().Count();
  for (const PlannedFacet& facet : plan.facets) {
    ASSIGN_OR_RETURN(FacetResult result, CountFacet(facet, plan, segments));
    outcome.facets.push_back(std::move(result));
  }
  if (plan.limit == 0 || plan.offset >= outcome.found) return outcome;

  std::vector<Candidate> candidates = CollectCandidates(plan, segments);
  HitOrder(plan).SelectPage(plan.offset, plan.limit, &candidates);
  const uint64_t end = std::min(outcome.found, plan.offset + plan.limit);
  outcome.page.assign(candidates.begin() + static_cast<ptrdiff_t>(plan.offset),
                      candidates.begin() + static_cast<ptrdiff_t>(end));
  return outcome;
}

}  // namespace aisle
