// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/text_scorer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

#include "core/target_clones.h"
#include "query/common_docs.h"
#include "query/posting_scores.h"

namespace aisle {
namespace {

// From one match in so many documents on frequent words are read along with the matches.
constexpr uint32_t kBitmapShare = 512;
// From one match in so many documents with a word on all of these are passed over.
constexpr uint32_t kMostShare = 4;
// The documents of a word of more lists are scored list by list, without bounds.
constexpr size_t kFewLists = 8;
// Where more documents are compared with more matches, these are put into a bitmap.
constexpr size_t kFewCompared = 128;

// Appends those of `docs`, which ascend, that are matches. Which are cannot be foretold: each is
// written, and the next in its stead if it is none.
AISLE_TARGET_CLONES
void AppendMatchesOfSet(std::span<const DocId> docs, const DocSet& matches,
                        std::vector<DocId>* found) {
  size_t count = found->size();
  found->resize(count + docs.size());
  DocId* const out = found->data();
  for (const DocId doc : docs) {
    out[count] = doc;
    count += matches.Test(doc) ? 1 : 0;
  }
  found->resize(count);
}

// `size`: of the segment.
void AppendMatches(std::span<const DocId> docs, const Matches& matches, uint32_t size,
                   std::vector<DocId>* found) {
  if (matches.has_set()) return AppendMatchesOfSet(docs, matches.set(), found);
  if (std::min<size_t>(docs.size(), matches.Count()) > kFewCompared) {
    DocSet set(size);
    for (const DocId doc : matches.list()) set.Set(doc);
    return AppendMatchesOfSet(docs, set, found);
  }
  ForEachCommon(docs, matches.list(), [&](size_t place) { found->push_back(docs[place]); });
}

// The places of some documents of a segment in their list.
class PlaceTable {
 public:
  PlaceTable(std::span<const DocId> docs, uint32_t size) : docs_(size) {
    for (const DocId doc : docs) docs_.Set(doc);
    ranks_ = BitRankTable(docs_.words());
  }
  bool Has(DocId doc) const { return docs_.Test(doc); }
  // REQUIRES: Has(doc).
  uint32_t PlaceOf(DocId doc) const {
    return ranks_.ranks().Before(docs_.words(), doc / 64, doc % 64);
  }

 private:
  DocSet docs_;
  BitRankTable ranks_;
};

}  // namespace

TextScorer::TextScorer(const TextStatistics& statistics, const MemoryIndex& index, uint32_t segment,
                       std::span<const WordPostings> words)
    : statistics_(statistics), index_(index), segment_(segment), words_(words) {}

std::vector<double> TextScorer::Score(std::span<const DocId> docs) const {
  std::vector<double> scores(docs.size(), 0.0);
  for (size_t w = 0; w < words_.size(); ++w) {
    if (words_[w].is_single()) {
      AddWord(w, docs, scores.data());
    } else if (!words_[w].lists().empty()) {
      AddAlternatives(w, docs, scores.data());
    }
  }
  return scores;
}

PostingScores TextScorer::ScoresOf(size_t word, const WordPostings::List& list,
                                   size_t postings) const {
  return PostingScores(list, statistics_.words[word], statistics_.saturation(), postings);
}

BitmapWord TextScorer::BitmapOf(size_t word) const {
  std::optional<BitmapWord> bitmaps;
  for (const WordPostings::List& list : MainsOf(word)) {
    PostingBitmap bitmap = list.postings.is_bitmap() ? PostingBitmap(list.postings)
                                                     : PostingBitmap(list.postings, index_.size());
    BitmapWord one{std::move(bitmap), ScoresOf(word, list, SIZE_MAX)};
    bitmaps ? bitmaps->more.push_back(std::move(one)) : (void)bitmaps.emplace(std::move(one));
  }
  return *std::move(bitmaps);
}

ListWord TextScorer::ListWordOf(size_t word, std::span<const WordPostings::List> lists,
                                size_t docs) const {
  ListWord of{lists.front().postings, ScoresOf(word, lists.front(), docs)};
  for (const WordPostings::List& list : lists.subspan(1)) {
    of.more.push_back({list.postings, ScoresOf(word, list, docs)});
  }
  return of;
}

void TextScorer::AddWord(size_t word, std::span<const DocId> docs, double* scores) const {
  const PostingList& postings = words_[word].lists().front().postings;
  const PostingScores of_postings = ScoresOf(word, docs.size());
  std::vector<uint32_t> kept, positions;
  postings.Intersect(docs, &kept, &positions);
  for (size_t i = 0; i < kept.size(); ++i) {
    scores[kept[i]] += of_postings.Of(postings.Code(positions[i]), index_.Length(docs[kept[i]]));
  }
}

bool TextScorer::HasMains() const {
  return std::all_of(words_.begin(), words_.end(), [](const WordPostings& word) {
    return word.mains() > 0 || word.lists().empty();
  });
}

std::vector<DocId> TextScorer::Exceptions(const Matches& matches) const {
  std::vector<DocId> exceptions;
  for (const WordPostings& word : words_) {
    if (word.lists().size() == word.mains()) continue;
    const auto before = static_cast<ptrdiff_t>(exceptions.size());
    AppendMatches(word.Exceptions(), matches, index_.size(), &exceptions);
    std::inplace_merge(exceptions.begin(), exceptions.begin() + before, exceptions.end());
  }
  exceptions.erase(std::unique(exceptions.begin(), exceptions.end()), exceptions.end());
  return exceptions;
}

std::optional<double> TextScorer::Most(const MatchClass& matches) const {
  double most = 0;
  for (const size_t word : matches.words) {
    if (words_[word].lists().empty()) return std::nullopt;
    float factor = 0;
    for (const WordPostings::List& list : MainsOf(word)) factor = std::max(factor, list.factor);
    for (const WordPostings::List& list : MainsOf(word)) {
      most += CodeBounds(ScoresOf(word, list, SIZE_MAX), index_.shortest(), factor).most();
    }
  }
  return most * matches.share * (1 + kRoundingSlack);
}

bool TextScorer::TakesSet(const MatchClass& matches, size_t count) const {
  if (count < index_.size() / kBitmapShare) return false;
  return std::all_of(matches.words.begin(), matches.words.end(), [&](size_t word) {
    const auto mains = MainsOf(word);
    return std::all_of(mains.begin(), mains.end(), [&](const WordPostings::List& list) {
      return (mains.size() > 1 || list.postings.is_bitmap()) &&
             list.postings.byte_codes() != nullptr;
    });
  });
}

void TextScorer::AddBest(const MatchClass& matches, const DocSet& docs, uint32_t count,
                         TopHits* top) const {
  std::vector<BitmapWord> words;
  words.reserve(matches.words.size());
  for (const size_t w : matches.words) words.push_back(BitmapOf(w));
  const BitmapMatches all{docs, count, words, matches.share, index_.lengths(), index_.shortest()};
  const bool is_whole_word = words.size() == 1 && words.front().more.empty() &&
                             matches.share == 1 &&
                             count >= words.front().postings.postings().size() / kMostShare;
  is_whole_word ? AddBestOfWord(all, segment_, top) : AddBestOfBitmaps(all, segment_, top);
}

void TextScorer::AddBest(const MatchClass& matches, std::span<const DocId> docs,
                         std::span<const std::vector<uint32_t>> positions, TopHits* top) const {
  if (TakesSet(matches, docs.size())) {
    DocSet set(index_.size());
    for (const DocId doc : docs) set.Set(doc);
    return AddBest(matches, set, static_cast<uint32_t>(docs.size()), top);
  }
  std::vector<ListWord> words;
  words.reserve(matches.words.size());
  for (const size_t w : matches.words) {
    ListWord& word = words.emplace_back(ListWordOf(w, MainsOf(w), docs.size()));
    if (w < positions.size() && positions[w].size() == docs.size()) word.positions = positions[w];
  }
  AddBestOfList({docs, words, matches.share, index_.lengths(), index_.shortest()}, segment_, top);
}

void TextScorer::AddBestOfAllLists(const MatchClass& matches, std::span<const DocId> docs,
                                   TopHits* top) const {
  if (docs.empty()) return;
  const bool is_few = std::all_of(matches.words.begin(), matches.words.end(),
                                  [&](size_t w) { return words_[w].lists().size() <= kFewLists; });
  if (!is_few) {
    const std::vector<double> scores = Score(docs);
    for (size_t i = 0; i < docs.size(); ++i) {
      top->Add(scores[i] * matches.share, segment_, docs[i]);
    }
    return;
  }
  std::vector<ListWord> words;
  words.reserve(matches.words.size());
  for (const size_t w : matches.words) {
    words.push_back(ListWordOf(w, words_[w].lists(), docs.size()));
  }
  AddBestOfList({docs, words, matches.share, index_.lengths(), index_.shortest()}, segment_, top);
}

// The highest frequency of a word's alternatives in each field that counts, for some documents.
class TextScorer::Alternatives {
 public:
  Alternatives(const WordPostings& word, std::span<const DocId> docs) : word_(word), docs_(docs) {
    uint32_t counted = 0;
    for (const WordPostings::List& list : word.lists()) counted |= list.field_mask;
    for (uint32_t bits = counted; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(bits));
      place_of_[bit] = bits_.size();
      bits_.push_back(bit);
    }
    best_.assign(docs.size() * bits_.size(), 0);
    factors_.assign(docs.size(), 0);
  }

  // In each list the documents are looked up or, if that is faster, the list is read. `size`: of
  // the segment.
  AISLE_TARGET_CLONES
  void Gather(uint32_t size) {
    const bool has_places = word_.IsBitmapWorthwhile(docs_.size());
    const PlaceTable table(has_places ? docs_ : std::span<const DocId>(), has_places ? size : 0);
    std::vector<uint32_t> found, positions, codes;
    for (const WordPostings::List& list : word_.lists()) {
      if (has_places && WordPostings::IsBetterRead(list, docs_.size())) {
        list.postings.ForEach([&](DocId doc, uint32_t position) {
          if (table.Has(doc)) Note(list, list.postings.Code(position), table.PlaceOf(doc));
        });
        continue;
      }
      list.postings.Intersect(docs_, &found, &positions);
      // All are read before anything is done with them: the processor waits for many at once.
      codes.resize(found.size());
      for (size_t i = 0; i < found.size(); ++i) codes[i] = list.postings.Code(positions[i]);
      for (size_t i = 0; i < found.size(); ++i) Note(list, codes[i], found[i]);
    }
  }

  // The best of the lists that have document i.
  float Factor(size_t i) const { return factors_[i]; }
  // visit(bit, frequency) for each field in which document i has the word.
  template <typename Visit>
  void ForEachField(size_t i, const Visit& visit) const {
    const uint8_t* best = best_.data() + i * bits_.size();
    for (size_t place = 0; place < bits_.size(); ++place) {
      if (best[place] > 0) visit(bits_[place], best[place]);
    }
  }

 private:
  void Note(const WordPostings::List& list, uint32_t code, size_t i) {
    const FieldPatterns& patterns = list.postings.patterns();
    const uint32_t mask = patterns.Mask(code);
    if ((mask & list.field_mask) == 0) return;
    factors_[i] = std::max(factors_[i], list.factor);
    const uint8_t* frequency = patterns.Frequencies(code);
    for (uint32_t bits = mask; bits != 0; bits &= bits - 1, ++frequency) {
      const auto bit = static_cast<size_t>(std::countr_zero(bits));
      if (((list.field_mask >> bit) & 1) == 0) continue;
      uint8_t& best = best_[i * bits_.size() + place_of_[bit]];
      best = std::max(best, *frequency);
    }
  }

  const WordPostings& word_;
  const std::span<const DocId> docs_;
  std::vector<size_t> bits_;  // that count, ascending
  std::array<size_t, limits::kSearchFieldsMax> place_of_{};
  std::vector<uint8_t> best_;  // by document, then by place of the bit
  std::vector<float> factors_;
};

void TextScorer::AddAlternatives(size_t word, std::span<const DocId> docs, double* scores) const {
  const WordPostings& postings = words_[word];
  Alternatives alternatives(postings, docs);
  alternatives.Gather(index_.size());
  const WordWeights& weights = statistics_.words[word];
  const SaturationTable& saturation = statistics_.saturation();
  std::vector<uint32_t> lengths(docs.size());
  for (size_t i = 0; i < docs.size(); ++i) lengths[i] = index_.Length(docs[i]);
  for (size_t i = 0; i < docs.size(); ++i) {
    double score = 0;
    alternatives.ForEachField(i, [&](size_t bit, uint8_t frequency) {
      score += weights[bit] * saturation(frequency, lengths[i]);
    });
    scores[i] += score * static_cast<double>(alternatives.Factor(i));
  }
}

}  // namespace aisle
