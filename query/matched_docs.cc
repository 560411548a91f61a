// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/matched_docs.h"

#include <algorithm>
#include <numeric>

namespace aisle {

std::vector<size_t> MatchedDocs::ByRarity(std::span<const WordPostings> words) {
  std::vector<size_t> order(words.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return words[a].Estimate() < words[b].Estimate(); });
  return order;
}

MatchedDocs MatchedDocs::WithAll(std::span<const WordPostings> words, const SegmentView& view) {
  const std::vector<size_t> order = ByRarity(words);
  if (words[order.front()].Estimate() >= view.index().size() / kListShare) {
    const bool are_all_live = view.live_count == view.index().size();
    DocSet docs = are_all_live ? DocSet(view.index().size(), true) : *view.live;
    for (const size_t word : order) words[word].And(&docs);
    return MatchedDocs(std::move(docs));
  }
  MatchedDocs docs;
  docs.positions_.resize(words.size());
  docs.list_ = words[order.front()].Documents(&docs.positions_[order.front()]);
  docs.KeepLive(view);
  for (size_t i = 1; i < order.size(); ++i) docs.KeepWith(order[i], words[order[i]]);
  return docs;
}

void MatchedDocs::Keep(std::span<const uint32_t> kept) {
  if (kept.size() == list_.size()) return;
  for (size_t i = 0; i < kept.size(); ++i) list_[i] = list_[kept[i]];
  list_.resize(kept.size());
  for (std::vector<uint32_t>& positions : positions_) {
    if (positions.empty()) continue;
    for (size_t i = 0; i < kept.size(); ++i) positions[i] = positions[kept[i]];
    positions.resize(kept.size());
  }
}

void MatchedDocs::KeepLive(const SegmentView& view) {
  if (view.live_count == view.index().size()) return;
  std::vector<uint32_t> kept;
  for (uint32_t i = 0; i < list_.size(); ++i) {
    if (view.live->Test(list_[i])) kept.push_back(i);
  }
  Keep(kept);
}

void MatchedDocs::KeepMarked(std::span<const uint8_t> passes) {
  std::vector<uint32_t> kept(passes.size());
  size_t count = 0;
  for (uint32_t i = 0; i < passes.size(); ++i) {
    kept[count] = i;
    count += passes[i];
  }
  kept.resize(count);
  Keep(kept);
}

void MatchedDocs::KeepWith(size_t word, const WordPostings& postings) {
  if (list_.empty()) return;
  std::vector<uint32_t> kept, positions;
  // In a bitmap places are found by counting, for the documents that need them.
  const bool has_positions = postings.has_main() && !postings.lists().front().postings.is_bitmap();
  postings.Intersect(list_, &kept, has_positions ? &positions : nullptr);
  Keep(kept);
  positions_[word] = std::move(positions);
}

void MatchedDocs::KeepAll(std::span<const WordPostings> words) {
  positions_.resize(words.size());
  for (const size_t word : ByRarity(words)) KeepWith(word, words[word]);
}

void MatchedDocs::Narrow(const SegmentFilter& filter) {
  if (filter.accepts_all()) return;
  if (is_set_) {
    if (set_.Count() >= set_.size() / kListShare) return set_.And(filter.Evaluate());
    is_set_ = false;
    set_.AppendTo(&list_);
  }
  if (list_.empty()) return;
  std::vector<uint8_t> passes(list_.size());
  filter.Mark(list_, passes.data());
  KeepMarked(passes);
}

}  // namespace aisle
