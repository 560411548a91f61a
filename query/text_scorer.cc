// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/text_scorer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <numeric>
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
// Matches that are scored at a time: the best of them raise the threshold for those that follow.
constexpr size_t kChunk = 256;
// Where more documents are compared with more matches, these are put into a bitmap.
constexpr size_t kFewCompared = 128;
// Bounds are sums of shorter numbers than scores are, in another order.
constexpr double kRoundingSlack = 1e-5;

// before[i] becomes how many bits stand before word i.
AISLE_TARGET_CLONES
void CountBefore(std::span<const uint64_t> words, uint32_t* before) {
  uint32_t count = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    before[i] = count;
    count += static_cast<uint32_t>(std::popcount(words[i]));
  }
}

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
  PlaceTable(std::span<const DocId> docs, uint32_t size) : docs_(size), before_(size / 64 + 1) {
    for (const DocId doc : docs) docs_.Set(doc);
    CountBefore(docs_.words(), before_.data());
  }
  bool Has(DocId doc) const { return docs_.Test(doc); }
  // REQUIRES: Has(doc).
  uint32_t PlaceOf(DocId doc) const {
    const uint64_t below = docs_.words()[doc / 64] & ((uint64_t{1} << (doc % 64)) - 1);
    return before_[doc / 64] + static_cast<uint32_t>(std::popcount(below));
  }

 private:
  DocSet docs_;
  std::vector<uint32_t> before_;  // how many documents stand before each 64th
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
  size_t words = 0;
  for (const WordPostings& word : words_) {
    if (word.lists().size() == word.mains()) continue;
    const size_t before = exceptions.size();
    AppendMatches(word.Exceptions(), matches, index_.size(), &exceptions);
    words += exceptions.size() > before;
  }
  if (words > 1) {
    std::sort(exceptions.begin(), exceptions.end());
    exceptions.erase(std::unique(exceptions.begin(), exceptions.end()), exceptions.end());
  }
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
  const bool is_whole_word = words.size() == 1 && words.front().more.empty() &&
                             matches.share == 1 &&
                             count >= words.front().postings.postings().size() / kMostShare;
  if (is_whole_word)
    return AddBestOfWord({docs, count, words, 1, index_.lengths(), index_.shortest()}, segment_,
                         top);
  AddBestOfBitmaps({docs, count, words, matches.share, index_.lengths(), index_.shortest()},
                   segment_, top);
}

void TextScorer::AddBest(const MatchClass& matches, std::span<const DocId> docs,
                         std::span<const std::vector<uint32_t>> positions, TopHits* top) const {
  if (!TakesSet(matches, docs.size())) return AddBestOfList(matches, docs, positions, top);
  DocSet set(index_.size());
  for (const DocId doc : docs) set.Set(doc);
  AddBest(matches, set, static_cast<uint32_t>(docs.size()), top);
}

// A word of a class, over a list of matches.
struct TextScorer::ListWord {
  PostingList postings;
  PostingScores scores;
  std::span<const uint32_t> positions;  // of all matches; empty: not known
  std::optional<CodeBounds> bounds;     // of this list, if bounds are of use
  double most = 0;                      // that the word adds, if bounds are of use
  // Its other main lists: a match stands in one of them all at least.
  std::vector<ListWord> more = {};
};

TextScorer::ListWord TextScorer::ListWordOf(size_t w, size_t docs) const {
  ListWord word{words_[w].lists().front().postings, ScoresOf(w, docs), {}, {}};
  double factor = word.scores.factor();
  for (const WordPostings::List& list : MainsOf(w).subspan(1)) {
    word.more.push_back({list.postings, ScoresOf(w, list, docs), {}, {}});
    factor = std::max<double>(factor, list.factor);
  }
  if (docs <= kChunk) return word;
  // What several lists have counts as the best of them does: their sum, each at that factor, is no
  // less.
  word.bounds.emplace(word.scores, index_.shortest(), factor);
  word.most = word.bounds->most();
  for (const ListWord& list : word.more) {
    word.most += CodeBounds(list.scores, index_.shortest(), factor).most();
  }
  return word;
}

void TextScorer::AddBestOfList(const MatchClass& matches, std::span<const DocId> docs,
                               std::span<const std::vector<uint32_t>> positions,
                               TopHits* top) const {
  // Those of the first chunk are mostly all scored. Their lengths stand anywhere in memory, and
  // come while scores are prepared.
  index_.lengths().Visit([&](const auto* of_documents, size_t) {
    for (const DocId doc : docs.first(std::min(docs.size(), kChunk))) {
      __builtin_prefetch(of_documents + doc);
    }
  });
  std::vector<ListWord> words;
  words.reserve(matches.words.size());
  for (const size_t w : matches.words) {
    ListWord& word = words.emplace_back(ListWordOf(w, docs.size()));
    if (w < positions.size() && positions[w].size() == docs.size()) word.positions = positions[w];
  }
  std::vector<double> scores;
  std::vector<DocId> chosen;
  std::vector<uint32_t> places, lengths;
  for (size_t begin = 0; begin < docs.size(); begin += kChunk) {
    const size_t end = std::min(begin + kChunk, docs.size());
    // Without bounds a threshold, of other segments, is of no use.
    const double threshold = docs.size() > kChunk ? top->threshold() / matches.share
                                                  : -std::numeric_limits<double>::infinity();
    places.resize(end - begin);
    std::iota(places.begin(), places.end(), static_cast<uint32_t>(begin));
    ChoosePlaces(words, threshold, &places);
    chosen.clear();
    for (const uint32_t place : places) chosen.push_back(docs[place]);
    lengths.clear();
    index_.lengths().Visit([&](const auto* of_documents, size_t) {
      for (const DocId doc : chosen) lengths.push_back(static_cast<uint32_t>(of_documents[doc]));
    });
    scores.assign(places.size(), 0.0);
    for (const ListWord& word : words) AddListWord(word, chosen, places, lengths, scores.data());
    for (size_t i = 0; i < places.size(); ++i) {
      top->Add(scores[i] * matches.share, segment_, chosen[i]);
    }
  }
}

// Keeps the places whose documents may score `threshold`, by the codes of those words whose places
// are known: the others, which are frequent, are looked up for few documents then.
void TextScorer::ChoosePlaces(std::span<const ListWord> words, double threshold,
                              std::vector<uint32_t>* places) {
  if (threshold == -std::numeric_limits<double>::infinity()) return;
  double rest = 0;  // what the words that have not been looked at add at most
  for (const ListWord& word : words) rest += word.most;
  std::array<float, kChunk> sums{};
  for (const ListWord& word : words) {
    if (word.positions.empty()) continue;
    rest -= word.most;
    const auto least = static_cast<float>(threshold - rest - kRoundingSlack * threshold);
    word.postings.VisitCodes([&](const auto& code_of) {
      uint32_t* const kept = places->data();
      size_t count = 0;
      for (size_t i = 0; i < places->size(); ++i) {
        const uint32_t place = kept[i];
        const float sum = sums[i] + word.bounds->Of(code_of(word.positions[place]));
        kept[count] = place;
        sums[count] = sum;
        count += sum >= least;
      }
      places->resize(count);
    });
  }
}

// All that is read of memory is read before anything is done with it: the processor waits for many
// reads at once.
void TextScorer::AddListWord(const ListWord& word, std::span<const DocId> docs,
                             std::span<const uint32_t> places, std::span<const uint32_t> lengths,
                             double* scores) const {
  if (!word.more.empty()) return AddSeveralLists(word, docs, lengths, scores);
  std::vector<uint32_t> kept, found;
  if (word.positions.empty()) word.postings.Intersect(docs, &kept, &found);
  std::array<uint32_t, kChunk> codes;
  word.postings.VisitCodes([&](const auto& code_of) {
    for (size_t i = 0; i < docs.size(); ++i) {
      codes[i] = code_of(word.positions.empty() ? found[i] : word.positions[places[i]]);
    }
  });
  for (size_t i = 0; i < docs.size(); ++i) scores[i] += word.scores.Of(codes[i], lengths[i]);
}

// Most documents stand in one of the lists, and have its score.
void TextScorer::AddSeveralLists(const ListWord& word, std::span<const DocId> docs,
                                 std::span<const uint32_t> lengths, double* scores) {
  struct Found {
    const PostingScores* scores = nullptr;
    std::vector<uint32_t> places, codes;
  };
  std::vector<Found> lists(1 + word.more.size());
  std::array<uint8_t, kChunk> holders{};  // lists that have the document
  std::vector<uint32_t> positions;
  for (size_t l = 0; l < lists.size(); ++l) {
    const ListWord& list = l == 0 ? word : word.more[l - 1];
    Found& found = lists[l];
    found.scores = &list.scores;
    list.postings.Intersect(docs, &found.places, &positions);
    for (const uint32_t position : positions) found.codes.push_back(list.postings.Code(position));
    for (const uint32_t place : found.places) ++holders[place];
  }
  std::array<uint16_t, kChunk> merged_at;
  std::vector<std::pair<uint32_t, MergedPosting>> merged;  // by place
  merged_at.fill(UINT16_MAX);
  for (const Found& found : lists) {
    for (size_t i = 0; i < found.places.size(); ++i) {
      const uint32_t place = found.places[i];
      if (holders[place] == 1) {
        scores[place] += found.scores->Of(found.codes[i], lengths[place]);
        continue;
      }
      if (merged_at[place] == UINT16_MAX) {
        merged_at[place] = static_cast<uint16_t>(merged.size());
        merged.emplace_back(place, MergedPosting());
      }
      found.scores->AddTo(found.codes[i], &merged[merged_at[place]].second);
    }
  }
  for (const auto& [place, posting] : merged) {
    scores[place] += word.scores.Of(posting, lengths[place]);
  }
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
