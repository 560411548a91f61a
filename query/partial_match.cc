// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/partial_match.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

namespace aisle {
namespace {

// Sums of the same shares, whatever rounding does to them, are one class.
constexpr double kSameShare = 1e-9;

}  // namespace

std::vector<WordMask> MasksOf(std::span<const WordPostings> words, uint32_t size) {
  std::vector<WordMask> masks(size, 0);
  for (size_t w = 0; w < words.size(); ++w) {
    const WordMask bit = WordMask{1} << w;
    for (const WordPostings::List& list : words[w].lists()) {
      list.postings.ForEach([&](DocId doc, uint32_t position) {
        if (!list.checks_fields || WordPostings::Counts(list, position)) masks[doc] |= bit;
      });
    }
  }
  return masks;
}

void MaskCounts::Add(std::span<const WordMask> masks, const DocSet& live) {
  WordMask last = 0;
  uint64_t* count = nullptr;  // of `last`: most documents have no word
  live.ForEach([&](DocId doc) {
    if (masks[doc] == 0) return;
    if (count == nullptr || masks[doc] != last) {
      last = masks[doc];
      count = &counts_[last];
    }
    ++*count;
  });
}

PartialRule::PartialRule(const MaskCounts& counts, size_t words, uint64_t documents,
                         uint64_t wanted) {
  std::vector<uint64_t> frequencies(words, 0);
  for (const auto& [mask, count] : counts.counts()) {
    for (WordMask bits = mask; bits != 0; bits &= bits - 1) {
      frequencies[static_cast<size_t>(std::countr_zero(bits))] += count;
    }
  }
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
  for (const auto& [mask, count] : counts.counts()) classes[Share(mask)] += count;
  uint64_t matches = 0;
  for (const auto& [share, count] : classes) {
    if (matches >= wanted && share < share_min_ - kSameShare) break;
    matches += count;
    share_min_ = share;
  }
  share_min_ -= kSameShare;
}

double PartialRule::Share(WordMask mask) const {
  double share = 0;
  for (WordMask bits = mask; bits != 0; bits &= bits - 1) {
    share += shares_[static_cast<size_t>(std::countr_zero(bits))];
  }
  return share;
}

}  // namespace aisle
