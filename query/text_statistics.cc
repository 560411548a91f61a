// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/text_statistics.h"

#include <algorithm>
#include <bit>

#include "query/bm25.h"

namespace aisle {
namespace {

// The dead documents of each segment, found once for a request.
std::vector<std::vector<DocId>> DeadDocuments(const Snapshot& snapshot) {
  std::vector<std::vector<DocId>> dead(snapshot.segments.size());
  for (size_t s = 0; s < dead.size(); ++s) {
    const SegmentView& view = snapshot.segments[s];
    if (view.live_count == view.index().size()) continue;
    DocSet others = *view.live;
    others.Complement();
    others.AppendTo(&dead[s]);
  }
  return dead;
}

// Takes the dead documents of a segment out of the counts of a list. A prefix has thousands of
// short lists: the shorter side is read.
void TakeAwayDead(const WordPostings::List& list, const DocSet& live, std::span<const DocId> dead,
                  uint64_t* counts) {
  const auto take_away = [&](uint32_t position) {
    const uint32_t mask = list.postings.patterns().Mask(list.postings.Code(position));
    for (uint32_t bits = mask & list.field_mask; bits != 0; bits &= bits - 1) {
      --counts[std::countr_zero(bits)];
    }
  };
  if (list.postings.size() <= dead.size()) {
    return list.postings.ForEach([&](DocId doc, uint32_t position) {
      if (!live.Test(doc)) take_away(position);
    });
  }
  std::vector<uint32_t> kept, positions;
  list.postings.Intersect(dead, &kept, &positions);
  for (const uint32_t position : positions) take_away(position);
}

}  // namespace

TextStatistics CountWords(const SearchPlan& plan,
                          std::span<const std::vector<WordPostings>* const> words) {
  const Snapshot& snapshot = *plan.snapshot;
  TextStatistics statistics;
  statistics.parameters = plan.bm25;
  if (snapshot.live_count > 0) {
    statistics.average_length =
        static_cast<double>(snapshot.live_length) / static_cast<double>(snapshot.live_count);
  }
  const std::vector<std::vector<DocId>> dead = DeadDocuments(snapshot);
  for (size_t w = 0; w < plan.words.size(); ++w) {
    // A document counts once for each alternative that it has, so the sum may exceed the documents.
    std::array<uint64_t, limits::kSearchFieldsMax> counts{};
    for (size_t s = 0; s < words.size(); ++s) {
      const SegmentView& view = snapshot.segments[s];
      for (const WordPostings::List& list : (*words[s])[w].lists()) {
        list.postings.AddFieldCounts(list.field_mask, counts.data());
        if (!dead[s].empty()) TakeAwayDead(list, *view.live, dead[s], counts.data());
      }
    }
    WordWeights& weights = statistics.words.emplace_back();
    weights.fill(0);
    for (const SearchedField& field : plan.fields) {
      const auto bit = static_cast<size_t>(field.bit);
      weights[bit] = field.weight * Bm25TermWeight(std::min(counts[bit], snapshot.live_count),
                                                   snapshot.live_count, plan.bm25);
    }
  }
  return statistics;
}

CountedWords::CountedWords(const SearchPlan& plan) {
  const int bits = plan.snapshot->schema->search_bits();
  const auto all_fields = static_cast<uint32_t>((uint64_t{1} << bits) - 1);
  for (const SegmentView& view : plan.snapshot->segments) {
    std::vector<WordPostings>& words = segments.emplace_back();
    for (const PlannedWord& word : plan.words) words.emplace_back(word, view.index(), all_fields);
  }
  std::vector<const std::vector<WordPostings>*> places;
  for (const std::vector<WordPostings>& words : segments) places.push_back(&words);
  statistics = CountWords(plan, places);
}

}  // namespace aisle
