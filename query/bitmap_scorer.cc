// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/bitmap_scorer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "core/limits.h"
#include "core/target_clones.h"

namespace aisle {
namespace {

constexpr size_t kGroup = PostingList::kWordsPerGroup;

// Limits are made anew when this many groups have been scored since the last time, and as many
// again as had been by then: thresholds rise fast at first.
constexpr size_t kFirstLimits = 1;
// Limits are made of sums in another order than scores are.
constexpr double kRoundingSlack = 1e-9;

// What the inner loop reads of a word.
struct Cursor {
  const uint64_t* bits;
  const uint8_t* codes;
  const PostingScores* scores;
  uint32_t position = 0;  // of the first document of the current 64

  uint8_t CodeAt(size_t i, uint64_t below) const {
    return codes[position + static_cast<uint32_t>(std::popcount(bits[i] & below))];
  }
};

// The word that can add the most. Documents in which it adds too little for them to be among the
// best are passed over, whatever the other words add.
class Leader {
 public:
  explicit Leader(std::span<const BitmapWord> words) {
    limits_.fill(UINT32_MAX);  // without a threshold every document may be among the best
    double highest = -1;
    for (size_t w = 0; w < words.size(); ++w) {
      const double most = words[w].scores.Most();
      others_ += most;
      if (most <= highest) continue;
      highest = most;
      word_ = w;
    }
    others_ -= highest;
    scores_ = &words[word_].scores;
  }

  size_t word() const { return word_; }
  // The document is passed over if its length is this or more.
  uint32_t LengthLimit(uint8_t code) {
    if (limits_[code] == kUnknown) limits_[code] = scores_->LengthLimit(code, least_);
    return limits_[code];
  }
  // To be called with the threshold before each group.
  void NoteGroup(double threshold) {
    if (++groups_ < next_ || threshold <= threshold_) return;
    next_ = 2 * groups_;
    threshold_ = threshold;
    least_ = threshold - others_ - kRoundingSlack * threshold;
    limits_.fill(kUnknown);
  }

 private:
  size_t word_ = 0;
  const PostingScores* scores_ = nullptr;
  double others_ = 0;  // what the other words add at most
  size_t groups_ = 0;
  size_t next_ = kFirstLimits;
  double threshold_ = -std::numeric_limits<double>::infinity();
  double least_ = 0;  // that this word has to add
  static constexpr uint32_t kUnknown = UINT32_MAX - 1;
  std::array<uint32_t, 256> limits_;  // by code
};

// Some words of the bitmap of matches.
struct Group {
  std::span<const uint64_t> matches;
  size_t first = 0;  // word of the bitmap
  uint32_t segment = 0;
};

template <typename Length>
AISLE_TARGET_CLONES void ScoreGroup(const Group& group, std::span<Cursor> words, Leader& leader,
                                    const Length* lengths, TopHits* top) {
  for (size_t g = 0; g < group.matches.size(); ++g) {
    const size_t i = group.first + g;
    for (uint64_t left = group.matches[g]; left != 0; left &= left - 1) {
      const int bit = std::countr_zero(left);
      const uint64_t below = (uint64_t{1} << bit) - 1;
      const auto doc = static_cast<DocId>(i * 64 + static_cast<size_t>(bit));
      const auto length = static_cast<uint32_t>(lengths[doc]);
      if (length >= leader.LengthLimit(words[leader.word()].CodeAt(i, below))) continue;
      double score = 0;
      for (const Cursor& word : words) score += word.scores->Of(word.CodeAt(i, below), length);
      top->Add(score, group.segment, doc);
    }
    for (Cursor& word : words) word.position += static_cast<uint32_t>(std::popcount(word.bits[i]));
  }
}

}  // namespace

void AddBestOfBitmaps(const DocSet& matches, std::span<const BitmapWord> words,
                      const PackedArray& lengths, uint32_t segment, TopHits* top) {
  std::array<Cursor, limits::kQueryWordsMax> cursors;
  for (size_t w = 0; w < words.size(); ++w) {
    cursors[w] = {words[w].postings.words().data(), words[w].postings.byte_codes(),
                  &words[w].scores};
  }
  const std::span<Cursor> used(cursors.data(), words.size());
  const std::span<const uint64_t> bits = matches.words();
  Leader leader(words);
  lengths.Visit([&](const auto* of_documents, size_t) {
    for (size_t first = 0; first < bits.size(); first += kGroup) {
      const auto group = bits.subspan(first, std::min(kGroup, bits.size() - first));
      if (std::all_of(group.begin(), group.end(), [](uint64_t word) { return word == 0; })) {
        continue;
      }
      for (size_t w = 0; w < words.size(); ++w) {
        cursors[w].position = words[w].postings.FirstPosition(first / kGroup);
      }
      leader.NoteGroup(top->threshold());
      ScoreGroup({group, first, segment}, used, leader, of_documents, top);
    }
  });
}

}  // namespace aisle
