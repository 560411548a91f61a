// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/bitmap_scorer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <vector>

#include "core/limits.h"
#include "core/target_clones.h"

namespace aisle {
namespace {

// Documents are scored a window at a time: the best of one raise the threshold for the next.
constexpr uint32_t kWindow = 4096;
constexpr size_t kWordsOfWindow = kWindow / 64;
constexpr size_t kGroupsOfWindow = kWordsOfWindow / PostingList::kWordsPerGroup;

// Bounds are sums of shorter numbers than scores are, in another order.
constexpr double kRoundingSlack = 1e-5;

// A word's bitmap in the current window.
class WordWindow {
 public:
  explicit WordWindow(const BitmapWord& word)
      : bits_(word.postings.words()), codes_(word.postings.byte_codes()), word_(word) {}

  AISLE_TARGET_CLONES
  void MoveTo(uint32_t window) {
    first_ = size_t{window} * kWordsOfWindow;
    uint32_t rank = word_.postings.FirstPosition(size_t{window} * kGroupsOfWindow);
    const size_t count = std::min(kWordsOfWindow, bits_.size() - first_);
    for (size_t i = 0; i < count; ++i) {
      ranks_[i] = rank;
      rank += static_cast<uint32_t>(std::popcount(bits_[first_ + i]));
    }
  }
  // The code of the document at `offset` of the window, which has the word.
  uint8_t CodeAt(uint32_t offset) const {
    const uint64_t below = bits_[first_ + offset / 64] & ((uint64_t{1} << (offset % 64)) - 1);
    return codes_[ranks_[offset / 64] + static_cast<uint32_t>(std::popcount(below))];
  }
  const PostingScores& scores() const { return word_.scores; }

 private:
  std::span<const uint64_t> bits_;
  const uint8_t* codes_;
  const BitmapWord& word_;
  size_t first_ = 0;                            // word of the bitmap
  std::array<uint32_t, kWordsOfWindow> ranks_;  // documents before each 64th of the window
};

// Some documents of a window, and the most that the words looked at so far add to each.
struct Chosen {
  size_t count = 0;
  std::array<uint16_t, kWindow> offsets;
  std::array<float, kWindow> most;
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

// `lengths`: of the documents of the window, the first of which is `first`, with the share as its
// rank.
template <typename Length>
AISLE_TARGET_CLONES void AddScores(std::span<const WordWindow> words, const Chosen& chosen,
                                   TopHits::Hit first, const Length* lengths, TopHits* top) {
  for (size_t i = 0; i < chosen.count; ++i) {
    const uint16_t offset = chosen.offsets[i];
    const auto length = static_cast<uint32_t>(lengths[offset]);
    double score = 0;
    for (const WordWindow& word : words) score += word.scores().Of(word.CodeAt(offset), length);
    top->Add(score * first.rank, first.segment, first.doc + offset);
  }
}

class BitmapScorer {
 public:
  BitmapScorer(const BitmapMatches& matches, uint32_t segment, TopHits* top)
      : matches_(matches), segment_(segment), top_(top) {
    for (size_t w = 0; w < matches.words.size(); ++w) {
      words_.emplace_back(matches.words[w]);
      bounds_.push_back({w, CodeBounds(matches.words[w].scores), 0});
    }
    // What can add the most rules out the most.
    std::stable_sort(bounds_.begin(), bounds_.end(), [](const Bound& a, const Bound& b) {
      return a.codes.most() > b.codes.most();
    });
    for (size_t i = bounds_.size() - 1; i > 0; --i) {
      bounds_[i - 1].rest = bounds_[i].rest + bounds_[i].codes.most();
    }
  }

  void Add() {
    const std::span<const DocId> docs = matches_.docs;
    Chosen chosen;
    for (size_t next = 0; next < docs.size();) {
      const uint32_t window = docs[next] / kWindow;
      chosen.count = 0;
      for (; next < docs.size() && docs[next] / kWindow == window; ++next) {
        chosen.offsets[chosen.count++] = static_cast<uint16_t>(docs[next] % kWindow);
      }
      for (WordWindow& word : words_) word.MoveTo(window);
      ChooseBest(&chosen);
      matches_.lengths.Visit([&](const auto* lengths, size_t) {
        const DocId first = window * kWindow;
        AddScores(words_, chosen, {matches_.share, segment_, first}, lengths + first, top_);
      });
    }
  }

 private:
  struct Bound {
    size_t word = 0;
    CodeBounds codes;
    double rest = 0;  // what the words after it in order add at most
  };

  void ChooseBest(Chosen* chosen) {
    if (top_->threshold() == -std::numeric_limits<double>::infinity()) return;
    const double threshold = top_->threshold() / matches_.share * (1 - kRoundingSlack);
    std::fill_n(chosen->most.begin(), chosen->count, 0.0f);
    for (const Bound& bound : bounds_) {
      const auto least = static_cast<float>(threshold - bound.rest);
      AddMost(words_[bound.word], bound.codes, least, chosen);
    }
  }

  const BitmapMatches& matches_;
  const uint32_t segment_;
  TopHits* const top_;
  std::vector<WordWindow> words_;
  std::vector<Bound> bounds_;  // of the words, the one that can add the most first
};

// Passes over a single word's postings by their codes alone, which stand side by side.
class WordScanner {
 public:
  WordScanner(const BitmapWord& word, uint32_t segment, TopHits* top)
      : word_(word),
        codes_(word.postings.byte_codes()),
        bounds_(word.scores),
        segment_(segment),
        top_(top) {}

  void Add(const DocSet& matches, const PackedArray& lengths) {
    lengths.Visit([&](const auto* of_documents, size_t) {
      const std::span<const uint64_t> bits = word_.postings.words();
      for (size_t first = 0; first < bits.size(); first += kWordsOfWindow) {
        ChooseCodes();
        const auto window = bits.subspan(first, std::min(kWordsOfWindow, bits.size() - first));
        AddWindow(window, first, matches, of_documents);
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
  void AddWindow(std::span<const uint64_t> bits, size_t first_word, const DocSet& matches,
                 const Length* lengths) {
    const uint32_t begin = word_.postings.FirstPosition(first_word / PostingList::kWordsPerGroup);
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
      if (!matches.Test(doc)) continue;
      const uint8_t code = codes_[begin + place];
      top_->Add(word_.scores.Of(code, static_cast<uint32_t>(lengths[doc])), segment_, doc);
    }
  }

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

void AddBestOfWord(const DocSet& matches, const BitmapWord& word, const PackedArray& lengths,
                   uint32_t segment, TopHits* top) {
  WordScanner(word, segment, top).Add(matches, lengths);
}

void AddBestOfBitmaps(const BitmapMatches& matches, uint32_t segment, TopHits* top) {
  BitmapScorer(matches, segment, top).Add();
}

}  // namespace aisle
