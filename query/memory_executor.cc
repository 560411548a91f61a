// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/memory_executor.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <span>

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

// Exceptions are scored apart if they are at most one in this many matches.
constexpr size_t kExceptionsShare = 2;

// The matches of a segment but for some, with the places of the rest in the words' lists.
class MatchesWithout {
 public:
  MatchesWithout(const SegmentSearch& search, std::span<const DocId> left_out)
      : docs_(search.matches().list()), positions_(search.positions()) {
    if (left_out.empty()) return;
    std::vector<size_t> places;
    auto from = docs_.begin();
    for (const DocId doc : left_out) {
      from = std::lower_bound(from, docs_.end(), doc);
      places.push_back(static_cast<size_t>(from - docs_.begin()));
    }
    for (const std::vector<uint32_t>& all : search.positions()) {
      std::vector<uint32_t>& positions = own_positions_.emplace_back();
      if (all.size() == docs_.size()) positions = Without(std::span(all), places);
    }
    own_docs_ = Without(docs_, places);
    docs_ = own_docs_;
    positions_ = own_positions_;
  }
  MatchesWithout(const MatchesWithout&) = delete;
  MatchesWithout& operator=(const MatchesWithout&) = delete;

  std::span<const DocId> docs() const { return docs_; }
  // By word, as SegmentSearch::positions().
  std::span<const std::vector<uint32_t>> positions() const { return positions_; }

 private:
  static std::vector<uint32_t> Without(std::span<const uint32_t> all,
                                       std::span<const size_t> places) {
    std::vector<uint32_t> rest;
    rest.reserve(all.size());
    size_t from = 0;
    for (const size_t place : places) {
      rest.insert(rest.end(), all.begin() + static_cast<ptrdiff_t>(from),
                  all.begin() + static_cast<ptrdiff_t>(place));
      from = place + 1;
    }
    rest.insert(rest.end(), all.begin() + static_cast<ptrdiff_t>(from), all.end());
    return rest;
  }

  std::span<const DocId> docs_;
  std::span<const std::vector<uint32_t>> positions_;
  std::vector<DocId> own_docs_;
  std::vector<std::vector<uint32_t>> own_positions_;
};

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
    const TextScorer scorer = ScorerOf(segment);
    const bool is_descending = plan_.sort.front().descending;
    if (!is_descending || !scorer.HasMains()) return AddAll(segment, search.matches().list(), top);
    const std::vector<DocId> exceptions = scorer.Exceptions(search.matches());
    if (exceptions.size() > search.matches().Count() / kExceptionsShare) {
      return AddAll(segment, search.matches().list(), top);
    }
    AddAll(segment, exceptions, top);
    if (search.is_partial()) return AddClasses(segment, exceptions, top);
    const MatchesWithout rest(search, exceptions);
    MatchClass all;
    all.words.resize(plan_.words.size());
    std::iota(all.words.begin(), all.words.end(), size_t{0});
    scorer.AddBest(all, rest.docs(), rest.positions(), top);
  }

  // By what words they have: once the best of those that may score the most are known, the others
  // need not be looked at.
  void AddClasses(uint32_t segment, std::span<const DocId> exceptions, TopHits* top) const {
    const SegmentSearch& search = segments_[segment];
    const TextScorer scorer = ScorerOf(segment);
    struct Class {
      WordMask mask = 0;
      MatchClass matches;
      double most = 0;
    };
    std::vector<Class> classes;
    for (const WordMask mask : search.rule().masks()) {
      Class& next = classes.emplace_back(Class{mask, {{}, search.rule().Share(mask)}, 0});
      for (size_t w = 0; w < plan_.words.size(); ++w) {
        if (((mask >> w) & 1) != 0) next.matches.words.push_back(w);
      }
      next.most = scorer.Most(next.matches);
      if (next.most == 0) classes.pop_back();
    }
    std::stable_sort(classes.begin(), classes.end(),
                     [](const Class& a, const Class& b) { return a.most > b.most; });
    for (const Class& next : classes) {
      if (next.most < top->threshold()) break;
      DocSet docs = search.MatchesWith(next.mask);
      for (const DocId doc : exceptions) docs.Clear(doc);
      std::vector<DocId> list;
      docs.AppendTo(&list);
      scorer.AddBest(next.matches, list, {}, top);
    }
  }

  // With their scores, whatever they are.
  void AddAll(uint32_t segment, std::span<const DocId> docs, TopHits* top) const {
    const std::vector<double> scores = Score(segment, docs);
    const double sign = plan_.sort.front().descending ? 1 : -1;
    for (size_t i = 0; i < docs.size(); ++i) top->Add(sign * scores[i], segment, docs[i]);
  }

  std::vector<double> Score(uint32_t segment, std::span<const DocId> docs) const {
    const SegmentSearch& search = segments_[segment];
    std::vector<double> scores = ScorerOf(segment).Score(docs);
    if (!search.is_partial()) return scores;
    for (size_t i = 0; i < docs.size(); ++i) scores[i] *= search.Share(docs[i]);
    return scores;
  }

  TextScorer ScorerOf(uint32_t segment) const {
    const SegmentSearch& search = segments_[segment];
    return TextScorer(statistics_, search.view().index(), segment, search.words());
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
      if (plan_.needs_scores()) scores = Score(segment, docs);
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
  ASSIGN_OR_RETURN(outcome.facets, CountFacets(plan, segments));
  if (plan.limit > 0 && plan.offset < outcome.found) {
    outcome.page = PageFinder(plan, segments).Find(outcome.found);
  }
  return outcome;
}

}  // namespace aisle
