// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/partial_match.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "core/target_clones.h"

namespace aisle {
namespace {

// Sums of the same shares, whatever rounding does to them, are one class.
constexpr double kSameShare = 1e-9;

// Up to so many words all masks are counted side by side; of more, most have no document.
constexpr size_t kWordsCountedTogether = 4;

using WordBits = std::span<const std::span<const uint64_t>>;

// 64 documents, taken apart word by word.
struct Block {
  WordBits words;
  size_t place = 0;

  uint64_t HavingAny() const {
    uint64_t any = 0;
    for (const auto& word : words) any |= word[place];
    return any;
  }
  // Those among `documents` that have the words of `mask` and none of the others before word `w`
  // are counted by what they have of the rest.
  void Count(size_t w, uint64_t documents, WordMask mask, MaskCounts* counts) const {
    if (documents == 0) return;
    if (w == words.size()) {
      return counts->Add(mask, static_cast<uint64_t>(std::popcount(documents)));
    }
    Count(w + 1, documents & words[w][place], mask | (WordMask{1} << w), counts);
    Count(w + 1, documents & ~words[w][place], mask, counts);
  }
};

// having[mask] grows by the documents that have the words of `mask`, whatever else they have.
AISLE_TARGET_CLONES
void CountHaving(WordBits words, std::span<const uint64_t> live, uint64_t* having) {
  const size_t masks = size_t{1} << words.size();
  std::array<uint64_t, size_t{1} << kWordsCountedTogether> sets;
  for (size_t i = 0; i < live.size(); ++i) {
    sets[0] = live[i];
    for (size_t mask = 1; mask < masks; ++mask) {
      sets[mask] = sets[mask & (mask - 1)] & words[static_cast<size_t>(std::countr_zero(mask))][i];
      having[mask] += static_cast<uint64_t>(std::popcount(sets[mask]));
    }
  }
}

// `matching` gets the documents that have all words of `mask`, whatever else they have.
AISLE_TARGET_CLONES
void AddHaving(WordBits words, WordMask mask, std::span<uint64_t> matching) {
  constexpr size_t kAtOnce = 64;
  std::array<uint64_t, kAtOnce> having;
  for (size_t begin = 0; begin < matching.size(); begin += kAtOnce) {
    const size_t count = std::min(kAtOnce, matching.size() - begin);
    for (size_t i = 0; i < count; ++i) having[i] = ~uint64_t{0};
    for (WordMask bits = mask; bits != 0; bits &= bits - 1) {
      const uint64_t* word = words[static_cast<size_t>(std::countr_zero(bits))].data() + begin;
      for (size_t i = 0; i < count; ++i) having[i] &= word[i];
    }
    for (size_t i = 0; i < count; ++i) matching[begin + i] |= having[i];
  }
}

// Keeps those that have a word, or have it not.
AISLE_TARGET_CLONES
void KeepHaving(std::span<const uint64_t> word, bool has, std::span<uint64_t> docs) {
  const uint64_t flip = has ? 0 : ~uint64_t{0};
  for (size_t i = 0; i < docs.size(); ++i) docs[i] &= word[i] ^ flip;
}

// The masks of up to so many words that a rule accepts and without any of whose words it does not:
// who has all of such a mask has enough, and nobody else.
std::vector<WordMask> SmallestMasks(const PartialRule& rule, size_t words) {
  std::vector<WordMask> smallest;
  for (WordMask mask = 1; mask < (WordMask{1} << words); ++mask) {
    bool is_smallest = rule.Accepts(mask);
    for (WordMask bits = mask; bits != 0 && is_smallest; bits &= bits - 1) {
      const WordMask less = mask & ~(bits & (~bits + 1));
      is_smallest = less == 0 || !rule.Accepts(less);
    }
    if (is_smallest) smallest.push_back(mask);
  }
  return smallest;
}

// The words of a rule, the weightiest first: a document without the first ones is soon seen to lack
// too much.
struct Weighing {
  Weighing(const PartialRule& rule, WordBits sets) : share_min(rule.share_min()) {
    std::vector<size_t> order(sets.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return rule.shares()[a] > rule.shares()[b]; });
    for (const size_t word : order) {
      words.push_back(sets[word]);
      shares.push_back(rule.shares()[word]);
    }
    rest.assign(shares.size() + 1, 0);
    for (size_t i = shares.size(); i-- > 0;) rest[i] = rest[i + 1] + shares[i];
  }

  // Those among `documents`, which have `share` by the words before word `w`, that have enough.
  uint64_t Choose(size_t place, size_t w, uint64_t documents, double share) const {
    if (documents == 0 || share >= share_min) return documents;
    if (share + rest[w] < share_min) return 0;
    const uint64_t having = words[w][place];
    return Choose(place, w + 1, documents & having, share + shares[w]) |
           Choose(place, w + 1, documents & ~having, share);
  }

  double share_min;
  std::vector<std::span<const uint64_t>> words;
  std::vector<double> shares;
  std::vector<double> rest;  // the shares from a word on
};

}  // namespace

WordSets::WordSets(std::span<const WordPostings> words, uint32_t size) : size_(size) {
  own_.reserve(words.size());
  for (const WordPostings& word : words) {
    if (word.is_single() && !word.lists().front().checks_fields &&
        word.lists().front().postings.is_bitmap()) {
      sets_.push_back(word.lists().front().postings.words());
      continue;
    }
    word.OrInto(&own_.emplace_back(size));
    sets_.push_back(own_.back().words());
  }
}

WordMask WordSets::MaskOf(DocId doc) const {
  WordMask mask = 0;
  for (size_t w = 0; w < sets_.size(); ++w) {
    mask |= static_cast<WordMask>((sets_[w][doc / 64] >> (doc % 64)) & 1) << w;
  }
  return mask;
}

void WordSets::Count(const DocSet& live, MaskCounts* counts) const {
  if (sets_.size() <= kWordsCountedTogether) return CountTogether(live, counts);
  for (size_t i = 0; i < live.words().size(); ++i) {
    const Block block{sets_, i};
    block.Count(0, block.HavingAny() & live.words()[i], 0, counts);
  }
}

// Those that have a mask's words and no others: of those that have its words take away, word by
// word, those that have one more.
void WordSets::CountTogether(const DocSet& live, MaskCounts* counts) const {
  std::array<uint64_t, size_t{1} << kWordsCountedTogether> having{};
  CountHaving(sets_, live.words(), having.data());
  const size_t masks = size_t{1} << sets_.size();
  for (size_t w = 0; w < sets_.size(); ++w) {
    for (size_t mask = 1; mask < masks; ++mask) {
      if (((mask >> w) & 1) == 0) having[mask] -= having[mask | size_t{1} << w];
    }
  }
  for (size_t mask = 1; mask < masks; ++mask) {
    if (having[mask] > 0) counts->Add(static_cast<WordMask>(mask), having[mask]);
  }
}

DocSet WordSets::Matching(const PartialRule& rule, const DocSet& live) const {
  DocSet matching(size_);
  if (sets_.size() <= kWordsCountedTogether) {
    for (const WordMask mask : SmallestMasks(rule, sets_.size())) {
      AddHaving(sets_, mask, matching.mutable_words());
    }
    matching.And(live);
    return matching;
  }
  const Weighing weighing(rule, sets_);
  for (size_t i = 0; i < live.words().size(); ++i) {
    const uint64_t having = Block{sets_, i}.HavingAny() & live.words()[i];
    matching.mutable_words()[i] = weighing.Choose(i, 0, having, 0);
  }
  return matching;
}

DocSet WordSets::Having(WordMask mask, const DocSet& docs) const {
  DocSet having = docs;
  for (size_t w = 0; w < sets_.size(); ++w) {
    KeepHaving(sets_[w], ((mask >> w) & 1) != 0, having.mutable_words());
  }
  return having;
}

PartialRule::PartialRule(const MaskCounts& counts, size_t words, uint64_t documents,
                         uint64_t wanted) {
  std::vector<uint64_t> frequencies(words, 0);
  counts.ForEach([&](WordMask mask, uint64_t count) {
    for (WordMask bits = mask; bits != 0; bits &= bits - 1) {
      frequencies[static_cast<size_t>(std::countr_zero(bits))] += count;
    }
  });
  double total = 0;
  for (const uint64_t frequency : frequencies) {
    const double weight =
        std::log1p(static_cast<double>(documents) / (static_cast<double>(frequency) + 0.5));
    // What no document has says nothing of any.
    shares_.push_back(frequency == 0 ? 0 : weight);
    total += shares_.back();
  }
  if (total > 0) {
    for (double& share : shares_) share /= total;
  }
  std::map<double, uint64_t, std::greater<>> classes;  // documents by share
  counts.ForEach([&](WordMask mask, uint64_t count) { classes[Share(mask)] += count; });
  uint64_t matches = 0;
  for (const auto& [share, count] : classes) {
    if (matches >= wanted && share < share_min_ - kSameShare) break;
    matches += count;
    share_min_ = share;
  }
  share_min_ -= kSameShare;
  counts.ForEach([&](WordMask mask, uint64_t) {
    if (Accepts(mask)) masks_.push_back(mask);
  });
}

double PartialRule::Share(WordMask mask) const {
  double share = 0;
  for (WordMask bits = mask; bits != 0; bits &= bits - 1) {
    share += shares_[static_cast<size_t>(std::countr_zero(bits))];
  }
  return share;
}

}  // namespace aisle
