// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/memory_executor.h"

#include <algorithm>
#include <memory>
#include <span>

#include "facets/facet_collector.h"
#include "query/ranking_criteria.h"
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

// The codes of a segment's matches in the columns of those facets that are counted over all of
// them.
class MatchCodes {
 public:
  MatchCodes(const SearchPlan& plan, const SegmentSearch& segment) : matches_(segment.matches()) {
    const CodeRows& rows = segment.view().index().rows();
    for (const PlannedFacet& facet : plan.facets) {
      const bool is_of_all = &segment.MatchesWithout(facet.lifted) == &matches_;
      if (is_of_all && rows.Has(facet.field)) fields_.push_back(facet.field);
    }
    if (rows.IsWorthwhile(matches_, fields_.size())) codes_ = rows.Gather(matches_, fields_);
  }

  // Empty if they are to be read from the column.
  std::span<const uint16_t> Of(size_t field, const Matches& matches) const {
    const auto it = std::find(fields_.begin(), fields_.end(), field);
    if (codes_.empty() || it == fields_.end() || &matches != &matches_) return {};
    const auto place = static_cast<size_t>(it - fields_.begin());
    return std::span(codes_).subspan(place * matches_.Count(), matches_.Count());
  }

 private:
  const Matches& matches_;
  std::vector<size_t> fields_;
  std::vector<uint16_t> codes_;  // of one field after the other
};

absl::StatusOr<std::vector<FacetResult>> CountFacets(const SearchPlan& plan,
                                                     const std::vector<SegmentSearch>& segments) {
  std::vector<std::unique_ptr<FacetCollector>> collectors;
  for (const PlannedFacet& facet : plan.facets) {
    const Field& field = plan.snapshot->schema->fields()[facet.field];
    const ValueDictionary* values =
        field.IsText() ? &plan.snapshot->dictionaries->values(facet.field) : nullptr;
    ASSIGN_OR_RETURN(collectors.emplace_back(),
                     FacetCollector::Create(facet.request, field, values));
  }
  for (const SegmentSearch& segment : segments) {
    const MatchCodes codes(plan, segment);
    for (size_t i = 0; i < collectors.size(); ++i) {
      const PlannedFacet& facet = plan.facets[i];
      const Matches& matches = segment.MatchesWithout(facet.lifted);
      collectors[i]->Collect(segment.view().ColumnOf(facet.field), matches,
                             codes.Of(facet.field, matches));
    }
  }
  std::vector<FacetResult> results;
  for (const auto& collector : collectors) results.push_back(collector->Finish());
  return results;
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
    if (HasBuckets()) return FindBucketed(end);
    if (IsReranked(end)) return FindReranked(end);
    std::vector<Candidate> candidates = Candidates(end);
    order_.SelectPage(plan_.offset, plan_.limit, &candidates);
    candidates.erase(candidates.begin() + static_cast<ptrdiff_t>(end), candidates.end());
    candidates.erase(candidates.begin(), candidates.begin() + static_cast<ptrdiff_t>(plan_.offset));
    return candidates;
  }

 private:
  bool HasBuckets() const {
    return plan_.needs_scores() && std::any_of(plan_.sort.begin(), plan_.sort.end(),
                                               [](const SortKey& key) { return key.buckets > 0; });
  }

  // Which bucket a match is in, all scores say.
  std::vector<Candidate> FindBucketed(uint64_t end) {
    std::vector<Candidate> hits;
    std::vector<double> all;
    for (uint32_t segment = 0; segment < segments_.size(); ++segment) {
      const std::span<const DocId> docs = segments_[segment].matches().list();
      const std::vector<double> scores = Score(segment, docs, segments_[segment].positions());
      for (size_t i = 0; i < docs.size(); ++i) hits.push_back({scores[i], segment, docs[i]});
      all.insert(all.end(), scores.begin(), scores.end());
    }
    order_.MakeBuckets(std::move(all));
    order_.SelectPage(plan_.offset, plan_.limit, &hits);
    return {hits.begin() + static_cast<ptrdiff_t>(plan_.offset),
            hits.begin() + static_cast<ptrdiff_t>(end)};
  }

  // What follows the first ten is ordered by likeness, unless the collection says otherwise.
  bool GoesByLikeness(uint64_t end) const {
    return end > kSecondPhaseSample && plan_.criteria.empty() && !plan_.kind_fields.empty();
  }
  // Whether the page up to `end` has hits that are ordered anew.
  bool IsReranked(uint64_t end) const {
    if (!plan_.reranks || !plan_.needs_scores() || plan_.sort.empty() ||
        plan_.sort.front().kind != SortKey::Kind::kTextMatch || !plan_.sort.front().descending) {
      return false;
    }
    if (!plan_.criteria.empty()) return plan_.offset < kSecondPhaseHits;
    if (plan_.kind_fields.empty() && plan_.unwanted.words.empty()) return false;
    return plan_.offset < (GoesByLikeness(end) ? kLikenessHits : kSecondPhaseHits);
  }

  // The page up to `end`, of which the first hits are ordered anew; those after them follow in the
  // first order.
  std::vector<Candidate> FindReranked(uint64_t end) const {
    const bool by_likeness = GoesByLikeness(end);
    const uint64_t reordered = by_likeness ? kLikenessHits : kSecondPhaseHits;
    std::vector<Candidate> hits = Candidates(std::max(end, reordered));
    end = std::min<uint64_t>(end, hits.size());
    const std::vector<Candidate> rest = TakeBeyond(reordered, end, &hits);
    std::vector<Candidate> others;
    if (by_likeness) {
      others = TakeBeyond(kSecondPhaseHits, 0, &hits);
      others.insert(others.end(), hits.begin(), hits.end());
    }
    order_.SelectPage(0, kSecondPhaseSample, &hits);
    SecondPhase(plan_).Rescore(&hits);
    order_.SelectPage(0, plan_.criteria.empty() ? end : kSecondPhaseHits, &hits);
    if (!plan_.criteria.empty()) RankingCriteria(plan_, segments_.front().rule()).Order(&hits);
    if (by_likeness && hits.size() > kSecondPhaseSample) {
      hits.resize(kSecondPhaseSample);
      const double least = rest.empty() ? 0 : rest.front().score;
      AddByLikeness(std::move(others), {least, end}, &hits);
    }
    hits.insert(hits.end(), rest.begin(), rest.end());
    return {hits.begin() + static_cast<ptrdiff_t>(plan_.offset),
            hits.begin() + static_cast<ptrdiff_t>(end)};
  }

  // Takes out the hits after the first `count`; those before place `end` are in order, and the
  // first of them.
  std::vector<Candidate> TakeBeyond(uint64_t count, uint64_t end,
                                    std::vector<Candidate>* hits) const {
    if (hits->size() <= count) return {};
    order_.SelectPage(count, end > count ? end - count : 1, hits);
    const auto first = hits->begin() + static_cast<ptrdiff_t>(count);
    std::vector<Candidate> beyond(first, hits->end());
    hits->erase(first, hits->end());
    return beyond;
  }

  struct Likeness {
    double score_min = 0;
    uint64_t end = 0;  // hits before this place are in order
  };
  // Adds to `hits`, the first of a search as the second phase orders and scores them, the others of
  // `all`, by their likeness to these. `all` has the scores of the words. What is added scores
  // between `score_min` and the least of `hits`.
  void AddByLikeness(std::vector<Candidate> all, const Likeness& likeness,
                     std::vector<Candidate>* hits) const {
    const auto others =
        std::stable_partition(all.begin(), all.end(), [&](const Candidate& candidate) {
          return std::any_of(hits->begin(), hits->end(), [&](const Candidate& hit) {
            return hit.segment == candidate.segment && hit.doc == candidate.doc;
          });
        });
    std::vector<Candidate> sample(all.begin(), others);
    order_.SelectPage(0, sample.size(), &sample);  // sums are the same in every layout
    all.erase(all.begin(), others);
    const SecondPhase second_phase(plan_);
    second_phase.RescoreByLikeness(sample, all);
    if (!plan_.unwanted.words.empty()) second_phase.DemoteUnwanted(&all);
    order_.SelectPage(0, likeness.end - sample.size(), &all);
    const double most = all.front().score;
    const double range = std::max(hits->back().score - likeness.score_min, 0.0);
    for (Candidate& hit : all) {
      const double part = most > 0 ? hit.score / most : 0;
      hit.score = std::min(likeness.score_min + range * part, hits->back().score);
    }
    hits->insert(hits->end(), all.begin(), all.end());
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
    const std::span<const DocId> docs = search.matches().list();
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
  HitOrder order_;
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
  PreparedFilters unfiltered;
  unfiltered.base = PrepareFilter(plan.required, *plan.snapshot);
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
  const PreparedFilter required = PrepareFilter(plan.required, *plan.snapshot);
  for (const SegmentSearch& segment : *segments) {
    DocSet documents = *segment.view().live;
    const SegmentFilter filter(required, segment.view(), *plan.snapshot);
    if (!filter.accepts_all()) documents.And(filter.Evaluate());
    sets.emplace_back(segment.words(), segment.view().index().size());
    sets.back().Count(documents, &counts);
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
    if (plan.words[w].is_in_phrase) continue;
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
  ASSIGN_OR_RETURN(outcome.facets, CountFacets(plan, segments));
  if (plan.limit > 0 && plan.offset < outcome.found) {
    outcome.page = PageFinder(plan, segments).Find(outcome.found);
  }
  outcome.rule = std::move(rule);
  return outcome;
}

}  // namespace aisle
