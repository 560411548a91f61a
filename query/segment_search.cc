// SPDX-License-Identifier: GPL-3.0-or-later
//
// A word's score in a field uses the highest frequency among the word's alternatives there and
// counts a document once, however many alternatives it holds: a word and its completions are one
// word to the shopper.
#include "query/segment_search.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/limits.h"
#include "query/bm25.h"
#include "query/filter_evaluator.h"

namespace aisle {
namespace {

// A document that holds the word only as the beginning of a longer one.
constexpr double kContinuationFactor = 0.7;

// visit(DocId, field_mask restricted to the alternative's fields, term alternative, frequency of
// bit b) for every posting of a word.
template <typename Visit>
void ForEachPosting(const MemoryIndex& index, const PlannedWord& word, const Visit& visit) {
  for (const TermAlternative& alternative : word.terms) {
    index.Postings(alternative.term)
        .ForEach([&](DocId doc, uint32_t mask, const uint8_t* frequencies) {
          const uint32_t counted = mask & alternative.field_mask;
          if (counted != 0) visit(doc, mask, counted, frequencies, alternative.exact);
        });
  }
}

// Place of each match among the matches, by document.
std::vector<uint32_t> RankOf(const DocSet& matches) {
  std::vector<uint32_t> ranks(matches.size());
  uint32_t next = 0;
  matches.ForEach([&](DocId doc) { ranks[doc] = next++; });
  return ranks;
}

}  // namespace

SegmentSearch::SegmentSearch(const SearchPlan& plan, const SegmentView& view)
    : plan_(plan), view_(view) {
  for (const SearchedField& field : plan.fields) searched_mask_ |= uint32_t{1} << field.bit;
  DocSet base = *view.live;
  for (const PlannedWord& word : plan.words) base.And(MatchWord(word));
  if (plan.base.kind != Filter::Kind::kAll) {
    base.And(EvaluateFilter(plan.base, view, *plan.snapshot));
  }
  MatchSelections(base);
}

DocSet SegmentSearch::MatchWord(const PlannedWord& word) const {
  DocSet docs(view_.index().size());
  ForEachPosting(view_.index(), word,
                 [&](DocId doc, uint32_t, uint32_t, const uint8_t*, bool) { docs.Set(doc); });
  return docs;
}

// "All but one" of the selections, from products of those before and those after it.
void SegmentSearch::MatchSelections(const DocSet& base) {
  std::vector<DocSet> selected;
  for (const FacetSelection& selection : plan_.selections) {
    selected.push_back(EvaluateFilter(selection.filter, view_, *plan_.snapshot));
  }
  const size_t count = selected.size();
  without_selection_.assign(count, DocSet());
  DocSet before = base;
  for (size_t i = 0; i < count; ++i) {
    without_selection_[i] = before;
    before.And(selected[i]);
  }
  matches_ = std::move(before);
  if (count == 0) return;
  DocSet after(view_.index().size(), true);
  for (size_t i = count; i-- > 0;) {
    without_selection_[i].And(after);
    after.And(selected[i]);
  }
}

void SegmentSearch::CountWords(WordStatistics* statistics) const {
  std::array<DocSet, limits::kSearchFieldsMax> holders;  // by search bit
  for (size_t w = 0; w < plan_.words.size(); ++w) {
    for (const SearchedField& field : plan_.fields) {
      holders[static_cast<size_t>(field.bit)] = DocSet(view_.index().size());
    }
    ForEachPosting(view_.index(), plan_.words[w],
                   [&](DocId doc, uint32_t, uint32_t counted, const uint8_t*, bool) {
                     if (!view_.live->Test(doc)) return;
                     for (uint32_t bits = counted; bits != 0; bits &= bits - 1) {
                       holders[static_cast<size_t>(std::countr_zero(bits))].Set(doc);
                     }
                   });
    for (size_t i = 0; i < plan_.fields.size(); ++i) {
      statistics->frequencies[w][i] += holders[static_cast<size_t>(plan_.fields[i].bit)].Count();
    }
  }
}

std::vector<double> SegmentSearch::Score(const WordStatistics& statistics) const {
  const size_t count = matches_.Count();
  const size_t fields = plan_.fields.size();
  std::vector<double> scores(count, 0.0);
  if (count == 0 || plan_.words.empty()) return scores;
  const std::vector<uint32_t> ranks = RankOf(matches_);
  std::array<size_t, limits::kSearchFieldsMax> place_of_bit{};
  for (size_t i = 0; i < fields; ++i) place_of_bit[static_cast<size_t>(plan_.fields[i].bit)] = i;
  std::vector<uint8_t> frequencies;  // [match][field]: the highest of the alternatives
  std::vector<bool> is_exact;
  for (size_t w = 0; w < plan_.words.size(); ++w) {
    frequencies.assign(count * fields, 0);
    is_exact.assign(count, false);
    ForEachPosting(
        view_.index(), plan_.words[w],
        [&](DocId doc, uint32_t mask, uint32_t counted, const uint8_t* values, bool exact) {
          if (!matches_.Test(doc)) return;
          const size_t rank = ranks[doc];
          if (exact) is_exact[rank] = true;
          for (uint32_t bits = mask; bits != 0; bits &= bits - 1, ++values) {
            const auto bit = static_cast<size_t>(std::countr_zero(bits));
            if (((counted >> bit) & 1) == 0) continue;
            uint8_t& best = frequencies[rank * fields + place_of_bit[bit]];
            best = std::max(best, *values);
          }
        });
    std::vector<double> weights(fields);
    for (size_t i = 0; i < fields; ++i) {
      weights[i] = plan_.fields[i].weight *
                   Bm25TermWeight(statistics.frequencies[w][i], statistics.documents);
    }
    size_t rank = 0;
    matches_.ForEach([&](DocId doc) {
      double score = 0;
      for (size_t i = 0; i < fields; ++i) {
        const uint8_t frequency = frequencies[rank * fields + i];
        if (frequency == 0) continue;
        score += weights[i] *
                 Bm25Saturation(frequency, view_.index().Length(doc), statistics.average_length);
      }
      scores[rank] += is_exact[rank] ? score : score * kContinuationFactor;
      ++rank;
    });
  }
  return scores;
}

}  // namespace aisle
