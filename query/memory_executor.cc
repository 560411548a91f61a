// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/memory_executor.h"

#include <memory>
#include <utility>

#include "core/worker_pool.h"
#include "query/facet_counting.h"
#include "query/page_finder.h"
#include "query/segment_search.h"

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

uint64_t CountMatches(const std::vector<SegmentSearch>& segments) {
  uint64_t count = 0;
  for (const SegmentSearch& segment : segments) count += segment.matches().Count();
  return count;
}

std::vector<SegmentSearch> SearchSegments(const SearchPlan& plan, const PreparedFilters& filters,
                                          SharedMatches* shared) {
  std::vector<SegmentSearch> segments;
  segments.reserve(plan.snapshot->segments.size());
  for (size_t i = 0; i < plan.snapshot->segments.size(); ++i) {
    segments.emplace_back(plan, filters, i, shared);
  }
  return segments;
}

// Whether too few documents have all words, before any filter.
bool LacksWords(const SearchPlan& plan, SharedMatches* shared) {
  if (shared != nullptr && shared->lacks_matches) return *shared->lacks_matches;
  PreparedFilters unfiltered;
  unfiltered.base = PrepareFilter(plan.required, *plan.snapshot);
  uint64_t count = 0;
  for (size_t i = 0; i < plan.snapshot->segments.size() && count < plan.wanted_matches; ++i) {
    count += SegmentSearch(plan, unfiltered, i, shared).matches().Count();
  }
  const bool lacks = count < plan.wanted_matches;
  if (shared != nullptr) shared->lacks_matches = lacks;
  return lacks;
}

// Whether too few documents have all words, filtered or not.
bool LacksMatches(const SearchPlan& plan, const std::vector<SegmentSearch>& segments,
                  SharedMatches* shared) {
  if (plan.words.size() < 2 || CountMatches(segments) >= plan.wanted_matches) return false;
  if (plan.base.kind == Filter::Kind::kAll && plan.selections.empty()) return true;
  return LacksWords(plan, shared);
}

// So many times the matches that are wanted are let in with part of the words, once there are too
// few: what is best among them is told by its likeness to the first (query/likeness.h).
constexpr uint64_t kPartialMatches = 2;

PartialMatch FindPartialMatch(const SearchPlan& plan, const std::vector<SegmentSearch>& segments) {
  PartialMatch partial;
  MaskCounts counts(plan.words.size());
  const PreparedFilter required = PrepareFilter(plan.required, *plan.snapshot);
  for (const SegmentSearch& segment : segments) {
    DocSet documents = *segment.view().live;
    const SegmentFilter filter(required, segment.view(), *plan.snapshot);
    if (!filter.accepts_all()) documents.And(filter.Evaluate());
    auto sets = std::make_shared<WordSets>(segment.words(), segment.view().index().size());
    sets->Count(documents, &counts);
    partial.sets.push_back(std::move(sets));
  }
  partial.rule = std::make_shared<const PartialRule>(
      counts, plan.words.size(), plan.snapshot->live_count, kPartialMatches * plan.wanted_matches);
  return partial;
}

// Makes the searches ones of documents that have part of the words; returns by what rule.
std::shared_ptr<const PartialRule> SearchPartially(const SearchPlan& plan, SharedMatches* shared,
                                                   std::vector<SegmentSearch>* segments) {
  PartialMatch partial =
      shared != nullptr && shared->partial ? *shared->partial : FindPartialMatch(plan, *segments);
  for (size_t i = 0; i < segments->size(); ++i) {
    (*segments)[i].MatchPart(partial.rule.get(), partial.sets[i]);
  }
  std::shared_ptr<const PartialRule> rule = partial.rule;
  if (shared != nullptr) shared->partial = std::move(partial);
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

// Of all products the facets are known (facets/ordinal_counts.h), and there is nothing to share.
bool IsWorthSplitting(const SearchPlan& plan, uint64_t found, const ExecutionOptions& options) {
  const bool is_all =
      plan.words.empty() && plan.base.kind == Filter::Kind::kAll && plan.selections.empty();
  return found >= options.split_matches_min && !plan.facets.empty() && !is_all;
}

// Facets and page are independent of each other: both read the matches.
absl::Status CountAndFind(const SearchPlan& plan, const std::vector<SegmentSearch>& segments,
                          const ExecutionOptions& options, SearchOutcome* outcome) {
  absl::StatusOr<std::vector<FacetResult>> facets;
  const auto count_facets = [&] { facets = CountFacets(plan, segments); };
  const auto find_page = [&] { outcome->page = PageFinder(plan, segments).Find(outcome->found); };
  const bool has_page = plan.limit > 0 && plan.offset < outcome->found;
  if (has_page && IsWorthSplitting(plan, outcome->found, options)) {
    ForEachInParallel(2, [&](size_t step) { step == 0 ? count_facets() : find_page(); });
  } else {
    count_facets();
    if (has_page && facets.ok()) find_page();
  }
  if (!facets.ok()) return facets.status();
  outcome->facets = *std::move(facets);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SearchOutcome> ExecuteOnMemory(const SearchPlan& plan,
                                              const ExecutionOptions& options) {
  SharedMatches* const shared = options.shared;
  const PreparedFilters filters = PrepareFilters(plan);
  std::vector<SegmentSearch> segments = SearchSegments(plan, filters, shared);
  std::shared_ptr<const PartialRule> rule;
  if (LacksMatches(plan, segments, shared)) rule = SearchPartially(plan, shared, &segments);

  SearchOutcome outcome;
  outcome.found = CountMatches(segments);
  if (rule != nullptr) outcome.dropped = DroppedWords(plan, *rule);
  RETURN_IF_ERROR(CountAndFind(plan, segments, options, &outcome));
  outcome.rule = std::move(rule);
  return outcome;
}

}  // namespace aisle
