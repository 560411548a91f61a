// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/match_scorer.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

namespace aisle {
namespace {

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

}  // namespace

MatchScorer::MatchScorer(const SearchPlan& plan, const std::vector<SegmentSearch>& segments)
    : plan_(plan), segments_(segments) {
  std::vector<const std::vector<WordPostings>*> words;
  for (const SegmentSearch& segment : segments) words.push_back(&segment.words());
  statistics_ = CountWords(plan, words);
}

TextScorer MatchScorer::ScorerOf(uint32_t segment) const {
  const SegmentSearch& search = segments_[segment];
  return TextScorer(statistics_, search.view().index(), segment, search.words());
}

std::vector<double> MatchScorer::Score(uint32_t segment, std::span<const DocId> docs) const {
  const SegmentSearch& search = segments_[segment];
  std::vector<double> scores = ScorerOf(segment).Score(docs);
  if (!search.is_partial()) return scores;
  for (size_t i = 0; i < docs.size(); ++i) scores[i] *= search.Share(docs[i]);
  return scores;
}

void MatchScorer::AddAll(uint32_t segment, std::span<const DocId> docs, TopHits* top) const {
  const std::vector<double> scores = Score(segment, docs);
  for (size_t i = 0; i < docs.size(); ++i) top->Add(scores[i], segment, docs[i]);
}

void MatchScorer::AddWorst(uint32_t segment, TopHits* top) const {
  const std::span<const DocId> docs = segments_[segment].matches().list();
  const std::vector<double> scores = Score(segment, docs);
  for (size_t i = 0; i < docs.size(); ++i) top->Add(-scores[i], segment, docs[i]);
}

void MatchScorer::AddBest(uint32_t segment, TopHits* top) const {
  const SegmentSearch& search = segments_[segment];
  const TextScorer scorer = ScorerOf(segment);
  if (!scorer.HasMains()) return AddAll(segment, search.matches().list(), top);
  const std::vector<DocId> exceptions = scorer.Exceptions(search.matches());
  if (exceptions.size() > search.matches().Count() / kExceptionsShare) {
    return AddAll(segment, search.matches().list(), top);
  }
  if (search.is_partial()) {
    AddAll(segment, exceptions, top);
    return AddClasses(segment, exceptions, top);
  }
  MatchClass all;
  all.words.resize(plan_.words.size());
  std::iota(all.words.begin(), all.words.end(), size_t{0});
  AddBestByMains(scorer, search, all, exceptions, top);
  // Most of them cannot be among the best by now.
  scorer.AddBestOfAllLists(all, exceptions, top);
}

void MatchScorer::AddBestByMains(const TextScorer& scorer, const SegmentSearch& search,
                                 const MatchClass& all, std::span<const DocId> exceptions,
                                 TopHits* top) {
  const uint32_t count = search.matches().Count();
  if (search.matches().has_set() && scorer.TakesSet(all, count)) {
    if (exceptions.empty()) return scorer.AddBest(all, search.matches().set(), count, top);
    DocSet rest = search.matches().set();
    for (const DocId doc : exceptions) rest.Clear(doc);
    return scorer.AddBest(all, rest, count - static_cast<uint32_t>(exceptions.size()), top);
  }
  const MatchesWithout rest(search, exceptions);
  scorer.AddBest(all, rest.docs(), rest.positions(), top);
}

// By what words they have: once the best of those that may score the most are known, the others
// need not be looked at.
void MatchScorer::AddClasses(uint32_t segment, std::span<const DocId> exceptions,
                             TopHits* top) const {
  const SegmentSearch& search = segments_[segment];
  const TextScorer scorer = ScorerOf(segment);
  struct Class {
    WordMask mask = 0;
    MatchClass matches;
    double most = 0;
  };
  std::vector<Class> classes;
  for (const WordMask mask : search.rule()->masks()) {
    MatchClass matches{{}, search.rule()->Share(mask)};
    for (size_t w = 0; w < plan_.words.size(); ++w) {
      if (((mask >> w) & 1) != 0) matches.words.push_back(w);
    }
    const std::optional<double> most = scorer.Most(matches);
    if (most) classes.push_back({mask, std::move(matches), *most});
  }
  std::stable_sort(classes.begin(), classes.end(),
                   [](const Class& a, const Class& b) { return a.most > b.most; });
  for (const Class& next : classes) {
    if (next.most < top->threshold()) break;
    DocSet docs = search.MatchesWith(next.mask);
    for (const DocId doc : exceptions) docs.Clear(doc);
    const uint32_t count = docs.Count();
    if (scorer.TakesSet(next.matches, count)) {
      scorer.AddBest(next.matches, docs, count, top);
      continue;
    }
    std::vector<DocId> list;
    docs.AppendTo(&list);
    scorer.AddBest(next.matches, list, {}, top);
  }
}

}  // namespace aisle
