// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/list_scorer.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace aisle {
namespace {

// Matches that are scored at a time: the best of them raise the threshold for those that follow.
constexpr size_t kChunk = 256;

// The documents of a chunk that stand in a list.
struct FoundInList {
  // REQUIRES: at most kChunk of `docs`, which ascend.
  void Find(const PostingList& postings, std::span<const DocId> docs) {
    postings.Intersect(docs, &places, &positions);
    for (const uint32_t position : positions) postings.ExpectCode(position);
  }

  std::vector<uint32_t> places;     // in the chunk
  std::vector<uint32_t> positions;  // in the list
};

// A word, and where the documents of the chunk that is scored stand in its lists.
class ScoredWord {
 public:
  // `shortest`: no document is shorter; nullopt: bounds are of no use.
  ScoredWord(const ListWord& word, std::optional<uint32_t> shortest)
      : word_(word), found_(1 + word.more.size()) {
    if (!shortest) return;
    // What several lists have counts as the best of them does: their sum, each at that factor, is
    // no less.
    double factor = word.scores.factor();
    for (const ListWord& list : word.more) factor = std::max(factor, list.scores.factor());
    bounds_.emplace_back(word.scores, *shortest, factor);
    for (const ListWord& list : word.more) bounds_.emplace_back(list.scores, *shortest, factor);
    for (const CodeBounds& list : bounds_) most_ += list.most();
  }

  // That the word adds.
  double most() const { return most_; }
  bool knows_places() const { return !word_.positions.empty(); }
  bool has_several_lists() const { return !word_.more.empty(); }

  // Adds the most of the word to sums[i], of places[i] among all matches, `docs`, and keeps those
  // that come to `least`. REQUIRES: knows_places() or has_several_lists().
  void KeepMost(std::span<const DocId> docs, float least, std::vector<uint32_t>* places,
                std::array<float, kChunk>* sums) {
    if (has_several_lists()) {
      AddMostOfLists(docs, *places, sums);
      return Keep([&](size_t i) { return (*sums)[i]; }, least, places, sums);
    }
    word_.postings.VisitCodes([&](const auto& code_of) {
      const auto most_of = [&](size_t i) {
        return (*sums)[i] + bounds_.front().Of(code_of(word_.positions[(*places)[i]]));
      };
      Keep(most_of, least, places, sums);
    });
  }

  // Finds `docs`, those at `places` of all matches.
  void Find(std::span<const DocId> docs, std::span<const uint32_t> places) {
    if (!knows_places()) return FindInLists(docs);
    std::vector<uint32_t>& positions = found_.front().positions;
    positions.clear();
    for (const uint32_t place : places) positions.push_back(word_.positions[place]);
    for (const uint32_t position : positions) word_.postings.ExpectCode(position);
  }

  // Adds the scores of those found last, whose lengths are given.
  void AddTo(std::span<const uint32_t> lengths, double* scores) const {
    if (has_several_lists()) return AddSeveralLists(lengths, scores);
    const std::vector<uint32_t>& positions = found_.front().positions;
    std::array<uint32_t, kChunk> codes;
    word_.postings.VisitCodes([&](const auto& code_of) {
      for (size_t i = 0; i < positions.size(); ++i) codes[i] = code_of(positions[i]);
    });
    for (size_t i = 0; i < lengths.size(); ++i) scores[i] += word_.scores.Of(codes[i], lengths[i]);
  }

 private:
  const ListWord& ListAt(size_t l) const { return l == 0 ? word_ : word_.more[l - 1]; }
  void FindInLists(std::span<const DocId> docs) {
    for (size_t l = 0; l < found_.size(); ++l) found_[l].Find(ListAt(l).postings, docs);
  }

  template <typename MostOf>
  static void Keep(const MostOf& most_of, float least, std::vector<uint32_t>* places,
                   std::array<float, kChunk>* sums) {
    uint32_t* const kept = places->data();
    size_t count = 0;
    for (size_t i = 0; i < places->size(); ++i) {
      const uint32_t place = kept[i];
      const float most = most_of(i);
      kept[count] = place;
      (*sums)[count] = most;
      count += most >= least;
    }
    places->resize(count);
  }

  void AddMostOfLists(std::span<const DocId> docs, std::span<const uint32_t> places,
                      std::array<float, kChunk>* sums) {
    std::array<DocId, kChunk> of_places;
    for (size_t i = 0; i < places.size(); ++i) of_places[i] = docs[places[i]];
    FindInLists(std::span(of_places).first(places.size()));
    for (size_t l = 0; l < found_.size(); ++l) {
      const FoundInList& found = found_[l];
      for (size_t k = 0; k < found.places.size(); ++k) {
        (*sums)[found.places[k]] += bounds_[l].Of(ListAt(l).postings.Code(found.positions[k]));
      }
    }
  }

  // Most documents stand in one of the lists, and have its score.
  void AddSeveralLists(std::span<const uint32_t> lengths, double* scores) const {
    std::array<uint8_t, kChunk> holders{};  // lists that have the document
    for (const FoundInList& found : found_) {
      for (const uint32_t place : found.places) ++holders[place];
    }
    std::array<uint16_t, kChunk> merged_at;
    std::vector<std::pair<uint32_t, MergedPosting>> merged;  // by place
    merged_at.fill(UINT16_MAX);
    for (size_t l = 0; l < found_.size(); ++l) {
      const ListWord& list = ListAt(l);
      const FoundInList& found = found_[l];
      for (size_t i = 0; i < found.places.size(); ++i) {
        const uint32_t place = found.places[i];
        const uint32_t code = list.postings.Code(found.positions[i]);
        if (holders[place] == 1) {
          scores[place] += list.scores.Of(code, lengths[place]);
          continue;
        }
        if (merged_at[place] == UINT16_MAX) {
          merged_at[place] = static_cast<uint16_t>(merged.size());
          merged.emplace_back(place, MergedPosting());
        }
        list.scores.AddTo(code, &merged[merged_at[place]].second);
      }
    }
    for (const auto& [place, posting] : merged) {
      scores[place] += word_.scores.Of(posting, lengths[place]);
    }
  }

  const ListWord& word_;
  std::vector<FoundInList> found_;  // by list
  std::vector<CodeBounds> bounds_;  // by list; empty: of no use
  double most_ = 0;
};

class ListScorer {
 public:
  ListScorer(const ListMatches& matches, uint32_t segment, TopHits* top)
      : matches_(matches), segment_(segment), top_(top) {
    words_.reserve(matches.words.size());
    for (const ListWord& word : matches.words) {
      words_.emplace_back(word, has_bounds() ? std::optional(matches.shortest) : std::nullopt);
    }
  }

  void Add() {
    const size_t count = matches_.docs.size();
    for (size_t begin = 0; begin < count; begin += kChunk) {
      AddChunk(begin, std::min(begin + kChunk, count));
    }
  }

 private:
  // Those of the first chunk are mostly all scored.
  bool has_bounds() const { return matches_.docs.size() > kChunk; }

  // All that is read of memory is asked for before anything is done with it: the processor waits
  // for many reads at once.
  void AddChunk(size_t begin, size_t end) {
    ChoosePlaces(begin, end);
    chosen_.clear();
    for (const uint32_t place : places_) chosen_.push_back(matches_.docs[place]);
    matches_.lengths.Visit([&](const auto* of_documents, size_t) {
      for (const DocId doc : chosen_) __builtin_prefetch(of_documents + doc);
    });
    for (ScoredWord& word : words_) word.Find(chosen_, places_);
    lengths_.clear();
    matches_.lengths.Visit([&](const auto* of_documents, size_t) {
      for (const DocId doc : chosen_) lengths_.push_back(static_cast<uint32_t>(of_documents[doc]));
    });
    scores_.assign(chosen_.size(), 0.0);
    for (const ScoredWord& word : words_) word.AddTo(lengths_, scores_.data());
    for (size_t i = 0; i < chosen_.size(); ++i) {
      top_->Add(scores_[i] * matches_.share, segment_, chosen_[i]);
    }
  }

  // Of the places from `begin` to `end` those whose documents may be among the best, by the codes
  // of the words whose places are known, then of those with several lists. The others, which are
  // frequent, are looked up for few documents then.
  void ChoosePlaces(size_t begin, size_t end) {
    places_.resize(end - begin);
    std::iota(places_.begin(), places_.end(), static_cast<uint32_t>(begin));
    const double threshold = top_->threshold() / matches_.share;
    if (!has_bounds() || threshold == -std::numeric_limits<double>::infinity()) return;
    double rest = 0;  // what the words that have not been looked at add at most
    for (const ScoredWord& word : words_) rest += word.most();
    std::array<float, kChunk> sums{};
    const auto keep = [&](ScoredWord& word) {
      rest -= word.most();
      word.KeepMost(matches_.docs,
                    static_cast<float>(threshold - rest - kRoundingSlack * threshold), &places_,
                    &sums);
    };
    for (ScoredWord& word : words_) {
      if (word.knows_places()) keep(word);
    }
    for (ScoredWord& word : words_) {
      if (!word.knows_places() && word.has_several_lists()) keep(word);
    }
  }

  const ListMatches& matches_;
  const uint32_t segment_;
  TopHits* const top_;
  std::vector<ScoredWord> words_;
  // Of the chunk that is scored: places among the matches, and the documents there.
  std::vector<uint32_t> places_;
  std::vector<DocId> chosen_;
  std::vector<uint32_t> lengths_;
  std::vector<double> scores_;
};

}  // namespace

void AddBestOfList(const ListMatches& matches, uint32_t segment, TopHits* top) {
  ListScorer(matches, segment, top).Add();
}

}  // namespace aisle
