// SPDX-License-Identifier: GPL-3.0-or-later
//
// Matching begins with what the fewest documents have, a word or the filter (query/matched_docs.h).
#include "query/segment_search.h"

#include <algorithm>
#include <utility>

namespace aisle {
namespace {

// Where there is nothing but a filter that is no list itself, it is made one if it accepts fewer
// than one in so many.
constexpr uint32_t kFilterListShare = 256;

}  // namespace

SegmentSearch::SegmentSearch(const SearchPlan& plan, const PreparedFilters& filters, size_t segment,
                             SharedMatches* shared)
    : plan_(plan),
      filters_(filters),
      view_(plan.snapshot->segments[segment]),
      filter_(filters.base, view_, *plan.snapshot),
      words_(shared != nullptr ? shared->WordsOf(segment) : FindPostings(plan, view_)),
      positions_(plan.words.size()) {
  if (plan.beginning == nullptr && LacksAWord()) return;
  Select(Match(segment, shared));
}

void SegmentSearch::MatchPart(const PartialRule* rule, std::shared_ptr<const WordSets> sets) {
  rule_ = rule;
  sets_ = std::move(sets);
  positions_.assign(plan_.words.size(), {});
  without_selection_.clear();
  DocSet docs = sets_->Matching(*rule_, *view_.live);
  if (!filter_.accepts_all()) docs.And(filter_.Evaluate());
  SelectFromSet(std::move(docs));
}

bool SegmentSearch::LacksAWord() const {
  return std::any_of(words_->begin(), words_->end(),
                     [](const WordPostings& word) { return word.lists().empty(); });
}

MatchedDocs SegmentSearch::Match(size_t segment, SharedMatches* shared) const {
  if (plan_.beginning != nullptr) {
    MatchedDocs docs(*view_.live);
    docs.And(*plan_.beginning->DocumentsOf(*view_.segment));
    docs.Narrow(filter_);
    return docs;
  }
  if (words_->empty()) return MatchFilter();
  const auto rarest = std::min_element(
      words_->begin(), words_->end(), [](auto& a, auto& b) { return a.Estimate() < b.Estimate(); });
  const uint64_t accepted = filter_.Estimate();
  const uint64_t few = view_.index().size() / MatchedDocs::kListShare;
  // The filter first, unless it is known already what it narrows, and that is less.
  const bool is_known = shared != nullptr && shared->HasDocsOf(segment) &&
                        shared->DocsOf(segment).Count() <= accepted;
  if (accepted < rarest->Estimate() && accepted < few && !is_known) {
    MatchedDocs docs(filter_.List());
    docs.KeepLive(view_);
    docs.KeepAll(*words_);
    return docs;
  }
  MatchedDocs docs =
      shared != nullptr ? shared->DocsOf(segment) : MatchedDocs::WithAll(*words_, view_);
  docs.Narrow(filter_);
  return docs;
}

MatchedDocs SegmentSearch::MatchFilter() const {
  if (filter_.accepts_all()) return MatchedDocs(*view_.live);
  const uint32_t share = filter_.IsList() ? MatchedDocs::kListShare : kFilterListShare;
  if (filter_.Estimate() < view_.index().size() / share) {
    MatchedDocs docs(filter_.List());
    docs.KeepLive(view_);
    return docs;
  }
  DocSet docs = filter_.Evaluate();
  if (view_.live_count < docs.size()) docs.And(*view_.live);
  return MatchedDocs(std::move(docs));
}

void SegmentSearch::Select(MatchedDocs docs) {
  docs.is_set() ? SelectFromSet(docs.TakeSet()) : SelectFromList(std::move(docs));
}

// A document that fails no selection matches; one that fails a single selection still counts for
// the facet of that selection.
void SegmentSearch::SelectFromList(MatchedDocs docs) {
  const size_t count = filters_.selections.size();
  const std::span<const DocId> base = docs.list();
  if (count > 0 && !base.empty()) {
    std::vector<uint32_t> fails(base.size(), 0), failed(base.size(), 0);
    std::vector<uint8_t> passes(base.size());
    for (uint32_t s = 0; s < count; ++s) {
      const SegmentFilter selection(filters_.selections[s], view_, *plan_.snapshot);
      selection.Mark(base, passes.data());
      for (size_t i = 0; i < base.size(); ++i) {
        if (passes[i]) continue;
        ++fails[i];
        failed[i] = s;
      }
    }
    std::vector<std::vector<DocId>> without(count);
    std::vector<uint32_t> kept;
    for (uint32_t i = 0; i < base.size(); ++i) {
      if (fails[i] == 0) {
        kept.push_back(i);
        for (std::vector<DocId>& lifted : without) lifted.push_back(base[i]);
      } else if (fails[i] == 1) {
        without[failed[i]].push_back(base[i]);
      }
    }
    for (std::vector<DocId>& lifted : without) without_selection_.emplace_back(std::move(lifted));
    docs.Keep(kept);
  }
  positions_ = docs.TakePositions();
  positions_.resize(plan_.words.size());
  matches_ = Matches(docs.TakeList());
}

// "All but one" of the selections, from products of those before and those after it.
void SegmentSearch::SelectFromSet(DocSet docs) {
  const size_t count = filters_.selections.size();
  std::vector<DocSet> selected, without;
  for (const PreparedFilter& selection : filters_.selections) {
    selected.push_back(SegmentFilter(selection, view_, *plan_.snapshot).Evaluate());
  }
  for (const DocSet& set : selected) {
    without.push_back(docs);
    docs.And(set);
  }
  matches_ = Matches(std::move(docs));
  if (count == 0) return;
  DocSet after(view_.index().size(), true);
  for (size_t i = count; i-- > 0;) {
    without[i].And(after);
    after.And(selected[i]);
  }
  for (DocSet& set : without) without_selection_.push_back(Matches(std::move(set)));
}

}  // namespace aisle
