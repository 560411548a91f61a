// SPDX-License-Identifier: GPL-3.0-or-later
//
// Matching begins with what the fewest documents have, a word or the filter. If those are few, they
// are a list from which each further word and filter takes away; else bitmaps are and-ed.
#include "query/segment_search.h"

#include <algorithm>
#include <numeric>

namespace aisle {
namespace {

// Below one in this many a list is faster to take away from than a bitmap.
constexpr uint32_t kListShare = 32;
// The same of a filter that is no list itself, where there is nothing but the filter.
constexpr uint32_t kFilterListShare = 256;

}  // namespace

SegmentSearch::SegmentSearch(const SearchPlan& plan, const PreparedFilters& filters,
                             const SegmentView& view)
    : plan_(plan),
      filters_(filters),
      view_(view),
      filter_(filters.base, view, *plan.snapshot),
      positions_(plan.words.size()) {
  if (plan.beginning != nullptr) {
    MatchAll();
    Select();
    return;
  }
  FindPostings();
  if (LacksAWord()) return;
  by_size_.resize(words_.size());
  std::iota(by_size_.begin(), by_size_.end(), size_t{0});
  std::sort(by_size_.begin(), by_size_.end(),
            [&](size_t a, size_t b) { return words_[a].Estimate() < words_[b].Estimate(); });
  uint64_t fewest = filter_.Estimate();
  if (!words_.empty()) fewest = std::min(fewest, words_[by_size_.front()].Estimate());
  const bool is_bitmap = words_.empty() && !filter_.IsList();
  if (fewest < view.index().size() / (is_bitmap ? kFilterListShare : kListShare)) {
    MatchFewest();
  } else {
    MatchAll();
  }
  Select();
}

void SegmentSearch::FindPostings() {
  const int bits = plan_.snapshot->schema->search_bits();
  const auto all_fields = static_cast<uint32_t>((uint64_t{1} << bits) - 1);
  for (const PlannedWord& word : plan_.words) words_.emplace_back(word, view_.index(), all_fields);
}

void SegmentSearch::MatchPart(const PartialRule* rule, WordSets sets) {
  rule_ = rule;
  sets_ = std::move(sets);
  positions_.assign(plan_.words.size(), {});
  without_selection_.clear();
  base_.clear();
  is_set_ = true;
  base_set_ = sets_->Matching(*rule_, *view_.live);
  if (!filter_.accepts_all()) base_set_.And(filter_.Evaluate());
  SelectFromSet();
}

bool SegmentSearch::LacksAWord() const {
  return std::any_of(words_.begin(), words_.end(),
                     [](const WordPostings& word) { return word.lists().empty(); });
}

void SegmentSearch::Select() {
  if (is_set_) {
    SelectFromSet();
  } else {
    SelectFromList();
  }
}

void SegmentSearch::StartWithWord(size_t word) {
  base_ = words_[word].Documents(&positions_[word]);
}

void SegmentSearch::MatchFewest() {
  const bool starts_with_filter =
      words_.empty() || filter_.Estimate() < words_[by_size_.front()].Estimate();
  if (starts_with_filter) {
    base_ = filter_.List();
  } else {
    StartWithWord(by_size_.front());
  }
  KeepLive();
  for (size_t i = starts_with_filter ? 0 : 1; i < by_size_.size(); ++i) IntersectWord(by_size_[i]);
  if (starts_with_filter || filter_.accepts_all() || base_.empty()) return;
  std::vector<uint8_t> passes(base_.size());
  filter_.Mark(base_, passes.data());
  KeepMarked(passes);
}

void SegmentSearch::MatchAll() {
  is_set_ = true;
  if (words_.empty() && plan_.beginning == nullptr && !filter_.accepts_all()) {
    base_set_ = filter_.Evaluate();
    if (view_.live_count < base_set_.size()) base_set_.And(*view_.live);
    return;
  }
  base_set_ = *view_.live;
  if (plan_.beginning != nullptr) base_set_.And(*plan_.beginning->DocumentsOf(*view_.segment));
  for (const size_t word : by_size_) words_[word].And(&base_set_);
  if (filter_.accepts_all()) return;
  if (base_set_.Count() >= base_set_.size() / kListShare) {
    return base_set_.And(filter_.Evaluate());
  }
  is_set_ = false;
  base_set_.AppendTo(&base_);
  std::vector<uint8_t> passes(base_.size());
  filter_.Mark(base_, passes.data());
  KeepMarked(passes);
}

void SegmentSearch::Keep(const std::vector<uint32_t>& kept) {
  if (kept.size() == base_.size()) return;
  for (size_t i = 0; i < kept.size(); ++i) base_[i] = base_[kept[i]];
  base_.resize(kept.size());
  for (std::vector<uint32_t>& positions : positions_) {
    if (positions.empty()) continue;
    for (size_t i = 0; i < kept.size(); ++i) positions[i] = positions[kept[i]];
    positions.resize(kept.size());
  }
}

void SegmentSearch::KeepLive() {
  if (view_.live_count == view_.index().size()) return;
  std::vector<uint32_t> kept;
  for (uint32_t i = 0; i < base_.size(); ++i) {
    if (view_.live->Test(base_[i])) kept.push_back(i);
  }
  Keep(kept);
}

void SegmentSearch::KeepMarked(const std::vector<uint8_t>& passes) {
  std::vector<uint32_t> kept(passes.size());
  size_t count = 0;
  for (uint32_t i = 0; i < passes.size(); ++i) {
    kept[count] = i;
    count += passes[i];
  }
  kept.resize(count);
  Keep(kept);
}

void SegmentSearch::IntersectWord(size_t word) {
  if (base_.empty()) return;
  std::vector<uint32_t> kept, positions;
  // In a bitmap places are found by counting, for the documents that need them.
  const bool has_positions =
      words_[word].has_main() && !words_[word].lists().front().postings.is_bitmap();
  words_[word].Intersect(base_, &kept, has_positions ? &positions : nullptr);
  Keep(kept);
  positions_[word] = std::move(positions);
}

// A document that fails no selection matches; one that fails a single selection still counts for
// the facet of that selection.
void SegmentSearch::SelectFromList() {
  const size_t count = filters_.selections.size();
  if (count == 0 || base_.empty()) {
    matches_ = Matches(std::move(base_));
    return;
  }
  std::vector<uint32_t> fails(base_.size(), 0), failed(base_.size(), 0);
  std::vector<uint8_t> passes(base_.size());
  for (uint32_t s = 0; s < count; ++s) {
    const SegmentFilter selection(filters_.selections[s], view_, *plan_.snapshot);
    selection.Mark(base_, passes.data());
    for (size_t i = 0; i < base_.size(); ++i) {
      if (passes[i]) continue;
      ++fails[i];
      failed[i] = s;
    }
  }
  std::vector<std::vector<DocId>> without(count);
  std::vector<uint32_t> kept;
  for (uint32_t i = 0; i < base_.size(); ++i) {
    if (fails[i] == 0) {
      kept.push_back(i);
      for (std::vector<DocId>& docs : without) docs.push_back(base_[i]);
    } else if (fails[i] == 1) {
      without[failed[i]].push_back(base_[i]);
    }
  }
  Keep(kept);
  matches_ = Matches(std::move(base_));
  for (std::vector<DocId>& docs : without) without_selection_.emplace_back(std::move(docs));
}

// "All but one" of the selections, from products of those before and those after it.
void SegmentSearch::SelectFromSet() {
  const size_t count = filters_.selections.size();
  if (count == 0) {
    matches_ = Matches(std::move(base_set_));
    return;
  }
  std::vector<DocSet> selected, without;
  for (const PreparedFilter& selection : filters_.selections) {
    selected.push_back(SegmentFilter(selection, view_, *plan_.snapshot).Evaluate());
  }
  for (const DocSet& set : selected) {
    without.push_back(base_set_);
    base_set_.And(set);
  }
  matches_ = Matches(std::move(base_set_));
  DocSet after(view_.index().size(), true);
  for (size_t i = count; i-- > 0;) {
    without[i].And(after);
    after.And(selected[i]);
  }
  for (DocSet& set : without) without_selection_.push_back(Matches(std::move(set)));
}

}  // namespace aisle
