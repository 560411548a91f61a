// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/bitmap_scorer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>
#include <vector>

#include "core/target_clones.h"
#include "facets/unpacked_bits.h"
#include "query/word_window.h"

namespace aisle {
namespace {

// Some documents of a window, and the most that the words looked at so far add to each.
struct Chosen {
  size_t count = 0;
  std::array<uint16_t, kWindow> offsets;
  std::array<float, kWindow> most;
  std::array<uint16_t, kWindow> places;  // of some of them
};

// Adds `word`, and keeps the documents for which that comes to `least`.
AISLE_TARGET_CLONES
void AddMost(const WordWindow& word, const CodeBounds& bounds, float least, Chosen* chosen) {
  size_t kept = 0;
  for (size_t i = 0; i < chosen->count; ++i) {
    const uint16_t offset = chosen->offsets[i];
    const float most = chosen->most[i] + bounds.Of(word.CodeAt(offset));
    chosen->offsets[kept] = offset;
    chosen->most[kept] = most;
    kept += most >= least;
  }
  chosen->count = kept;
}

// Adds a list of a word that has several. Which documents are in it cannot be foretold: their
// places are gathered first.
AISLE_TARGET_CLONES
void AddMostOfList(const WordWindow& list, const CodeBounds& bounds, Chosen* chosen) {
  size_t count = 0;
  for (size_t i = 0; i < chosen->count; ++i) {
    chosen->places[count] = static_cast<uint16_t>(i);
    count += list.Has(chosen->offsets[i]) ? 1 : 0;
  }
  for (size_t k = 0; k < count; ++k) {
    const uint16_t i = chosen->places[k];
    chosen->most[i] += bounds.Of(list.CodeAt(chosen->offsets[i]));
  }
}

AISLE_TARGET_CLONES
void KeepMost(float least, Chosen* chosen) {
  size_t kept = 0;
  for (size_t i = 0; i < chosen->count; ++i) {
    const float most = chosen->most[i];
    chosen->offsets[kept] = chosen->offsets[i];
    chosen->most[kept] = most;
    kept += most >= least;
  }
  chosen->count = kept;
}

// AddMost() for a word of several lists; bounds[i]: of list i.
void AddMostOfLists(const WordWindow& word, std::span<const CodeBounds> bounds, float least,
                    Chosen* chosen) {
  AddMostOfList(word, bounds[0], chosen);
  for (size_t i = 0; i < word.more().size(); ++i) {
    AddMostOfList(word.more()[i], bounds[i + 1], chosen);
  }
  KeepMost(least, chosen);
}

// `lengths`: of the documents of the window, the first of which is `first`, with the share as its
// rank.
template <typename Length>
AISLE_TARGET_CLONES void AddScores(std::span<const WordWindow> words, const Chosen& chosen,
                                   TopHits::Hit first, const Length* lengths, TopHits* top) {
  for (size_t i = 0; i < chosen.count; ++i) {
    const uint16_t offset = chosen.offsets[i];
    const auto length = static_cast<uint32_t>(lengths[offset]);
    double score = 0;
    for (const WordWindow& word : words) score += word.ScoreAt(offset, length);
    top->Add(score * first.rank, first.segment, first.doc + offset);
  }
}

// A word whose documents are of two kinds, and which of them.
struct Side {
  const uint64_t* others = nullptr;
  bool is_other = false;
};

// Of the documents of a window, `bits`, those that stand on a side.
AISLE_TARGET_CLONES
void Keep(const uint64_t* others, bool is_other, size_t count, uint64_t* bits) {
  const uint64_t flip = is_other ? 0 : ~uint64_t{0};
  for (size_t i = 0; i < count; ++i) bits[i] &= others[i] ^ flip;
}

void Unpack(std::span<const uint64_t> bits, BitDensity density, Chosen* chosen) {
  size_t word = 0;
  chosen->count = UnpackBits(density, bits, &word, kWindow, chosen->offsets.data());
}

// `made` gets those of a list's documents that are `others` or were `seen` in another list.
AISLE_TARGET_CLONES
void AddOthers(std::span<const uint64_t> bits, std::span<const uint64_t> others, uint64_t* seen,
               uint64_t* made) {
  for (size_t i = 0; i < bits.size(); ++i) {
    made[i] |= others[i] | (seen[i] & bits[i]);
    seen[i] |= bits[i];
  }
}

// The documents that several lists of a word have, or one in which they have not the common code.
// Nothing if none of the lists has a common code.
std::vector<uint64_t> OthersOf(const BitmapWord& word) {
  std::vector<uint64_t> seen(word.postings.words().size(), 0), made(seen.size(), 0);
  bool is_any_common = false;
  const auto add = [&](const BitmapWord& list) {
    const std::span<const uint64_t> others = list.postings.postings().others();
    is_any_common |= !others.empty();
    AddOthers(list.postings.words(), others.empty() ? list.postings.words() : others, seen.data(),
              made.data());
  };
  add(word);
  for (const BitmapWord& list : word.more) add(list);
  if (!is_any_common) made.clear();
  return made;
}

class BitmapScorer {
 public:
  BitmapScorer(const BitmapMatches& matches, uint32_t segment, TopHits* top)
      : matches_(matches), segment_(segment), top_(top) {
    for (size_t w = 0; w < matches.words.size(); ++w) {
      words_.emplace_back(matches.words[w]);
      Bound& bound = bounds_.emplace_back(w, matches.words[w], matches.shortest);
      const bool is_worthwhile =
          split_count_ < kSplitWords && (kDocumentsOfClass << (split_count_ + 1)) <= matches.count;
      if (!is_worthwhile) continue;
      bound.Split(matches.words[w], matches.shortest);
      split_count_ += bound.others.empty() ? 0 : 1;
    }
    // What can add the most rules out the most.
    std::stable_sort(bounds_.begin(), bounds_.end(),
                     [](const Bound& a, const Bound& b) { return a.most > b.most; });
  }

  // Window by window: the best of one raise the threshold for the next.
  void Add() {
    std::vector<Class> classes;
    for (uint32_t mask = 0; mask < (1u << split_count_); ++mask) {
      classes.push_back(ClassOf(mask));
    }
    std::stable_sort(classes.begin(), classes.end(),
                     [](const Class& a, const Class& b) { return a.most > b.most; });
    const std::span<const uint64_t> docs = matches_.docs.words();
    for (size_t first = 0; first < docs.size(); first += kWordsOfWindow) {
      AddWindow(classes, docs.subspan(first, std::min(kWordsOfWindow, docs.size() - first)), first);
    }
  }

 private:
  // Each of so many words doubles the classes; to look for the documents of a class takes the time
  // of looking at so many.
  static constexpr size_t kSplitWords = 4;
  static constexpr size_t kDocumentsOfClass = 4096;

  struct Bound {
    // What several lists have counts as the best of them does: their sum, each at that factor, is
    // no less.
    Bound(size_t number, const BitmapWord& of, uint32_t shortest) : word(number) {
      double factor = of.scores.factor();
      for (const BitmapWord& list : of.more) factor = std::max(factor, list.scores.factor());
      codes.emplace_back(of.scores, shortest, factor);
      for (const BitmapWord& list : of.more) codes.emplace_back(list.scores, shortest, factor);
      for (const CodeBounds& list : codes) most += list.most();
    }

    // Tells those documents apart that have the common code, in the only list that they are in.
    void Split(const BitmapWord& of, uint32_t shortest) {
      if (of.more.empty()) {
        others = of.postings.postings().others();
      } else {
        others = made = OthersOf(of);
      }
      const auto add = [&](const BitmapWord& list) {
        const PostingList& postings = list.postings.postings();
        list.scores.ForEachMost(shortest, [&](uint32_t code, double of_code) {
          const bool is_other = postings.others().empty() || code != postings.common_code();
          most_of[is_other] = std::max(most_of[is_other], of_code);
        });
      };
      add(of);
      for (const BitmapWord& list : of.more) add(list);
      if (!of.more.empty()) most_of[1] = most;
    }

    size_t word;
    std::vector<CodeBounds> codes;  // by list
    double most = 0;
    std::span<const uint64_t> others;  // the documents of one side; empty: not split
    std::array<double, 2> most_of{};   // if split: of documents on either side, the others second
    std::vector<uint64_t> made;
  };
  struct Class {
    std::vector<Side> sides;
    double most = 0;
    // By bound: what is not known of a document once it and those before it are. nullopt: it is
    // known of all documents of the class well enough, which have the common code.
    std::vector<std::optional<double>> rest;
    size_t before = 0;  // how many documents the window before had
  };

  // Bit i of `mask`: on which side the documents are of the i-th word that is split.
  Class ClassOf(uint32_t mask) const {
    Class of;
    of.rest.resize(bounds_.size(), 0);
    std::vector<double> most;
    for (size_t i = 0; i < bounds_.size(); ++i) {
      const Bound& bound = bounds_[i];
      most.push_back(bound.most);
      if (bound.others.empty()) continue;
      const bool is_other = ((mask >> of.sides.size()) & 1) != 0;
      most.back() = bound.most_of[is_other];
      of.sides.push_back({bound.others.data(), is_other});
      if (is_other) continue;
      of.rest[i].reset();
      of.most += most.back();
    }
    for (size_t i = bounds_.size(); i-- > 0;) {
      if (!of.rest[i]) continue;
      of.rest[i] = of.most;
      of.most += most[i];
    }
    return of;
  }

  // `docs`: those of the window, which begins at word `first` of the bitmaps.
  void AddWindow(std::span<Class> classes, std::span<const uint64_t> docs, size_t first) {
    const auto window = static_cast<uint32_t>(first / kWordsOfWindow);
    for (WordWindow& word : words_) word.MoveTo(window);
    std::array<uint64_t, kWordsOfWindow> bits;
    for (Class& next : classes) {
      if (next.most * matches_.share * (1 + kRoundingSlack) < top_->threshold()) break;
      std::copy(docs.begin(), docs.end(), bits.begin());
      for (const Side& side : next.sides) {
        Keep(side.others + first, side.is_other, docs.size(), bits.data());
      }
      Unpack(std::span(bits).first(docs.size()), DensityOf(next.before, docs.size()), &chosen_);
      next.before = chosen_.count;
      if (chosen_.count == 0) continue;
      ChooseBest(next);
      matches_.lengths.Visit([&](const auto* lengths, size_t) {
        const DocId begin = window * kWindow;
        for (size_t i = 0; i < chosen_.count; ++i) {
          __builtin_prefetch(lengths + begin + chosen_.offsets[i]);  // they stand far apart
        }
        AddScores(words_, chosen_, {matches_.share, segment_, begin}, lengths + begin, top_);
      });
    }
  }

  void ChooseBest(const Class& of) {
    if (top_->threshold() == -std::numeric_limits<double>::infinity()) return;
    const double threshold = top_->threshold() / matches_.share * (1 - kRoundingSlack);
    std::fill_n(chosen_.most.begin(), chosen_.count, 0.0f);
    for (size_t i = 0; i < bounds_.size(); ++i) {
      if (!of.rest[i]) continue;
      const auto least = static_cast<float>(threshold - *of.rest[i]);
      const WordWindow& word = words_[bounds_[i].word];
      const std::vector<CodeBounds>& codes = bounds_[i].codes;
      codes.size() == 1 ? AddMost(word, codes.front(), least, &chosen_)
                        : AddMostOfLists(word, codes, least, &chosen_);
    }
  }

  const BitmapMatches& matches_;
  const uint32_t segment_;
  TopHits* const top_;
  std::vector<WordWindow> words_;
  std::vector<Bound> bounds_;  // of the words, the one that can add the most first
  size_t split_count_ = 0;
  Chosen chosen_;  // of the window and class that is looked at
};

// Passes over a single word's postings by their codes alone, which stand side by side.
class WordScanner {
 public:
  WordScanner(const BitmapMatches& matches, uint32_t segment, TopHits* top)
      : matches_(matches),
        word_(matches.words.front()),
        codes_(word_.postings.postings().byte_codes()),
        bounds_(word_.scores, matches.shortest),
        segment_(segment),
        top_(top) {}

  void Add() {
    matches_.lengths.Visit([&](const auto* of_documents, size_t) {
      const std::span<const uint64_t> bits = word_.postings.words();
      for (size_t first = 0; first < bits.size(); first += kWordsOfWindow) {
        ChooseCodes();
        const auto window = bits.subspan(first, std::min(kWordsOfWindow, bits.size() - first));
        AddWindow(window, first, of_documents);
      }
    });
  }

 private:
  // More are looked up in a table, one posting at a time.
  static constexpr size_t kComparedCodes = 12;

  // Which codes may add what is needed by now.
  void ChooseCodes() {
    if (top_->threshold() == threshold_ && !chosen_.empty()) return;
    threshold_ = top_->threshold();
    const auto least = static_cast<float>(threshold_ * (1 - kRoundingSlack));
    chosen_.clear();
    const bool is_any = threshold_ == -std::numeric_limits<double>::infinity();
    for (uint32_t code = 0; code < is_chosen_.size(); ++code) {
      is_chosen_[code] = is_any || bounds_.Of(code) >= least ? 1 : 0;
      if (is_chosen_[code] != 0) chosen_.push_back(static_cast<uint8_t>(code));
    }
  }

  AISLE_TARGET_CLONES
  static void Compare(const uint8_t* codes, size_t count, std::span<const uint8_t> chosen,
                      uint8_t* marks) {
    for (size_t i = 0; i < count; ++i) marks[i] = 0;
    for (const uint8_t one : chosen) {
      for (size_t i = 0; i < count; ++i) marks[i] |= codes[i] == one ? 1 : 0;
    }
  }

  // sizes[i] becomes how many bits word i has; their sum.
  AISLE_TARGET_CLONES
  static size_t CountBits(std::span<const uint64_t> bits, uint8_t* sizes) {
    size_t count = 0;
    for (size_t i = 0; i < bits.size(); ++i) {
      sizes[i] = static_cast<uint8_t>(std::popcount(bits[i]));
      count += sizes[i];
    }
    return count;
  }

  template <typename Length>
  void AddWindow(std::span<const uint64_t> bits, size_t first_word, const Length* lengths) {
    const uint32_t begin = word_.postings.ranks().Before(first_word);
    const size_t count = CountBits(bits, sizes_.data());
    if (chosen_.size() <= kComparedCodes) {
      Compare(codes_ + begin, count, chosen_, marks_.data());
    } else {
      for (size_t i = 0; i < count; ++i) marks_[i] = is_chosen_[codes_[begin + i]];
    }
    const uint8_t* const end = marks_.data() + count;
    const auto next_mark = [&](const uint8_t* mark) {
      const void* found = std::memchr(mark, 1, static_cast<size_t>(end - mark));
      return found != nullptr ? static_cast<const uint8_t*>(found) : end;
    };
    size_t word = 0, before = 0;  // a word of the bitmap, and the postings before it
    for (const uint8_t* mark = next_mark(marks_.data()); mark != end; mark = next_mark(mark + 1)) {
      const auto place = static_cast<size_t>(mark - marks_.data());
      while (before + sizes_[word] <= place) before += sizes_[word++];
      uint64_t rest = bits[word];
      for (size_t i = before; i < place; ++i) rest &= rest - 1;
      const auto bit = static_cast<size_t>(std::countr_zero(rest));
      const auto doc = static_cast<DocId>((first_word + word) * 64 + bit);
      if (!matches_.docs.Test(doc)) continue;
      const uint8_t code = codes_[begin + place];
      top_->Add(word_.scores.Of(code, static_cast<uint32_t>(lengths[doc])), segment_, doc);
    }
  }

  const BitmapMatches& matches_;
  const BitmapWord& word_;
  const uint8_t* codes_;
  const CodeBounds bounds_;
  const uint32_t segment_;
  TopHits* const top_;
  double threshold_ = 0;
  std::vector<uint8_t> chosen_;
  std::array<uint8_t, 256> is_chosen_{};
  std::array<uint8_t, kWindow> marks_{};  // of the postings of a window: whether chosen
  std::array<uint8_t, kWordsOfWindow> sizes_{};
};

}  // namespace

void AddBestOfWord(const BitmapMatches& matches, uint32_t segment, TopHits* top) {
  WordScanner(matches, segment, top).Add();
}

void AddBestOfBitmaps(const BitmapMatches& matches, uint32_t segment, TopHits* top) {
  BitmapScorer(matches, segment, top).Add();
}

}  // namespace aisle
