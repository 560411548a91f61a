// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/memory_executor.h"

#include <memory>

#include "facets/facet_collector.h"
#include "query/second_phase.h"
#include "query/segment_search.h"
#include "query/text_scorer.h"
#include "query/top_hits.h"

namespace aisle {
namespace {

PreparedFilters PrepareFilters(const SearchPlan& plan) {
  PreparedFilters filters;
  filters.base = PrepareFilter(plan.base, *plan.snapshot);
  for (const FacetSelection& selection : plan.selections) {
    filters.selections.push_back(PrepareFilter(selection.filter, *plan.snapshot));
  }
  return filters;
}

absl::StatusOr<FacetResult> CountFacet(const PlannedFacet& facet, const SearchPlan& plan,
                                       const std::vector<SegmentSearch>& segments) {
  const Field& field = plan.snapshot->schema->fields()[facet.field];
  const ValueDictionary* values =
      field.IsText() ? &plan.snapshot->dictionaries->values(facet.field) : nullptr;
  ASSIGN_OR_RETURN(auto collector, FacetCollector::Create(facet.request, field, values));
  for (const SegmentSearch& segment : segments) {
    collector->Collect(segment.view().ColumnOf(facet.field), segment.MatchesWithout(facet.lifted));
  }
  return collector->Finish();
}

// Finds the hits of the page among the matches of all segments.
class PageFinder {
 public:
  PageFinder(const SearchPlan& plan, const std::vector<SegmentSearch>& segments)
      : plan_(plan), segments_(segments), order_(plan) {
    if (!plan.needs_scores()) return;
    std::vector<const std::vector<WordPostings>*> words;
    for (const SegmentSearch& segment : segments) words.push_back(&segment.words());
    statistics_ = CountWords(plan, words);
  }

  std::vector<Candidate> Find(uint64_t found) {
    const uint64_t end = plan_.limit > found - plan_.offset ? found : plan_.offset + plan_.limit;
    if (HasSecondPhase() && plan_.offset < kSecondPhaseHits) return FindReranked(end);
    std::vector<Candidate> candidates = Candidates(end);
    order_.SelectPage(plan_.offset, plan_.limit, &candidates);
    candidates.erase(candidates.begin() + static_cast<ptrdiff_t>(end), candidates.end());
    candidates.erase(candidates.begin(), candidates.begin() + static_cast<ptrdiff_t>(plan_.offset));
    return candidates;
  }

 private:
  bool HasSecondPhase() const {
    return plan_.reranks && plan_.needs_scores() && !plan_.sort.empty() &&
           plan_.sort.front().kind == SortKey::Kind::kTextMatch && plan_.sort.front().descending &&
           (!plan_.kind_fields.empty() || !plan_.unwanted.words.empty());
  }

  // The page up to `end`, of which the first hits are ordered anew.
  std::vector<Candidate> FindReranked(uint64_t end) const {
    std::vector<Candidate> hits = Candidates(std::max(end, kSecondPhaseHits));
    end = std::min<uint64_t>(end, hits.size());
    // Hits beyond those ordered anew follow in the first order.
    std::vector<Candidate> rest;
    if (hits.size() > kSecondPhaseHits) {
      const uint64_t more = end > kSecondPhaseHits ? end - kSecondPhaseHits : 1;
      order_.SelectPage(kSecondPhaseHits, more, &hits);
      rest.assign(hits.begin() + kSecondPhaseHits, hits.end());
      hits.resize(kSecondPhaseHits);
    }
    order_.SelectPage(0, kSecondPhaseSample, &hits);
    SecondPhase(plan_).Rescore(&hits);
    order_.SelectPage(0, end, &hits);
    hits.insert(hits.end(), rest.begin(), rest.end());
    return {hits.begin() + static_cast<ptrdiff_t>(plan_.offset),
            hits.begin() + static_cast<ptrdiff_t>(end)};
  }

  // All matches that may be among the first `wanted`.
  std::vector<Candidate> Candidates(uint64_t wanted) const {
    TopHits top(wanted);
    const bool is_by_score =
        !plan_.sort.empty() && plan_.sort.front().kind == SortKey::Kind::kTextMatch;
    for (uint32_t i = 0; i < segments_.size(); ++i) {
      if (segments_[i].matches().Count() == 0) continue;
      if (is_by_score && plan_.needs_scores()) {
        AddByScore(i, &top);
      } else {
        order_.AddByFirstKey(i, segments_[i].matches(), &top);
      }
    }
    const std::vector<TopHits::Hit> hits = top.Take();
    if (!is_by_score || !plan_.needs_scores() || !plan_.sort.front().descending) {
      return Scored(hits);
    }
    std::vector<Candidate> candidates;
    candidates.reserve(hits.size());
    for (const TopHits::Hit& hit : hits) candidates.push_back({hit.rank, hit.segment, hit.doc});
    return candidates;
  }

  void AddByScore(uint32_t segment, TopHits* top) const {
    const SegmentSearch& search = segments_[segment];
    const bool is_descending = plan_.sort.front().descending;
    if (is_descending && !search.is_partial()) {
      return ScorerOf(segment).AddBest(search.matches(), search.positions(), segment, top);
    }
    const std::vector<DocId> docs = search.matches().ToList();
    const std::vector<double> scores = Score(segment, docs, search.positions());
    const double sign = is_descending ? 1 : -1;
    for (size_t i = 0; i < docs.size(); ++i) top->Add(sign * scores[i], segment, docs[i]);
  }

  std::vector<double> Score(uint32_t segment, std::span<const DocId> docs,
                            std::span<const std::vector<uint32_t>> positions) const {
    const SegmentSearch& search = segments_[segment];
    std::vector<double> scores = ScorerOf(segment).Score(docs, positions);
    if (!search.is_partial()) return scores;
    for (size_t i = 0; i < docs.size(); ++i) scores[i] *= search.Share(docs[i]);
    return scores;
  }

  TextScorer ScorerOf(uint32_t segment) const {
    return TextScorer(statistics_, segments_[segment].view().index(), segments_[segment].words());
  }

  // The hits, segment by segment, with their scores.
  std::vector<Candidate> Scored(const std::vector<TopHits::Hit>& hits) const {
    std::vector<Candidate> candidates;
    candidates.reserve(hits.size());
    std::vector<DocId> docs;
    for (size_t begin = 0, end = 0; begin < hits.size(); begin = end) {
      const uint32_t segment = hits[begin].segment;
      docs.clear();
      for (; end < hits.size() && hits[end].segment == segment; ++end)
        docs.push_back(hits[end].doc);
      std::vector<double> scores(docs.size(), 0.0);
      if (plan_.needs_scores()) scores = Score(segment, docs, {});
      for (size_t i = 0; i < docs.size(); ++i) candidates.push_back({scores[i], segment, docs[i]});
    }
    return candidates;
  }

  const SearchPlan& plan_;
  const std::vector<SegmentSearch>& segments_;
  const HitOrder order_;
  TextStatistics statistics_;
};

uint64_t CountMatches(const std::vector<SegmentSearch>& segments) {
  uint64_t count = 0;
  for (const SegmentSearch& segment : segments) count += segment.matches().Count();
  return count;
}

std::vector<SegmentSearch> SearchSegments(const SearchPlan& plan, const PreparedFilters& filters) {
  std::vector<SegmentSearch> segments;
  segments.reserve(plan.snapshot->segments.size());
  for (const SegmentView& view : plan.snapshot->segments) {
    segments.emplace_back(plan, filters, view);
  }
  return segments;
}

// Whether too few documents have all words, filtered or not.
bool LacksMatches(const SearchPlan& plan, const std::vector<SegmentSearch>& segments) {
  if (plan.words.size() < 2 || CountMatches(segments) >= plan.wanted_matches) return false;
  if (plan.base.kind == Filter::Kind::kAll && plan.selections.empty()) return true;
  const Filter all;
  PreparedFilters unfiltered;
  unfiltered.base = PrepareFilter(all, *plan.snapshot);
  uint64_t count = 0;
  for (const SegmentView& view : plan.snapshot->segments) {
    count += SegmentSearch(plan, unfiltered, view).matches().Count();
    if (count >= plan.wanted_matches) return false;
  }
  return true;
}

// Makes the searches ones of documents that have part of the words; returns by what rule.
std::unique_ptr<const PartialRule> SearchPartially(const SearchPlan& plan,
                                                   std::vector<SegmentSearch>* segments) {
  std::vector<WordSets> sets;
  MaskCounts counts(plan.words.size());
  for (const SegmentSearch& segment : *segments) {
    sets.emplace_back(segment.words(), segment.view().index().size());
    sets.back().Count(*segment.view().live, &counts);
  }
  auto rule = std::make_unique<const PartialRule>(counts, plan.words.size(),
                                                  plan.snapshot->live_count, plan.wanted_matches);
  for (size_t i = 0; i < sets.size(); ++i) {
    (*segments)[i].MatchPart(rule.get(), std::move(sets[i]));
  }
  return rule;
}

// The words without which a document can match by `rule`.
std::vector<size_t> DroppedWords(const SearchPlan& plan, const PartialRule& rule) {
  std::vector<size_t> dropped;
  const auto all = static_cast<WordMask>((uint64_t{1} << plan.words.size()) - 1);
  for (size_t w = 0; w < plan.words.size(); ++w) {
    if (rule.Accepts(all & ~(WordMask{1} << w))) dropped.push_back(w);
  }
  return dropped;
}

}  // namespace

absl::StatusOr<SearchOutcome> ExecuteOnMemory(const SearchPlan& plan) {
  const PreparedFilters filters = PrepareFilters(plan);
  std::vector<SegmentSearch> segments = SearchSegments(plan, filters);
  std::unique_ptr<const PartialRule> rule;
  if (LacksMatches(plan, segments)) rule = SearchPartially(plan, &segments);

  SearchOutcome outcome;
  outcome.found = CountMatches(segments);
  if (rule != nullptr) outcome.dropped = DroppedWords(plan, *rule);
  for (const PlannedFacet& facet : plan.facets) {
    ASSIGN_OR_RETURN(FacetResult result, CountFacet(facet, plan, segments));
    outcome.facets.push_back(std::move(result));
  }
  if (plan.limit > 0 && plan.offset < outcome.found) {
    outcome.page = PageFinder(plan, segments).Find(outcome.found);
  }
  return outcome;
}

}  // namespace aisle
