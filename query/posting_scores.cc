// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/posting_scores.h"

#include <algorithm>
#include <bit>

namespace aisle {

PostingScores::PostingScores(const WordPostings::List& list, const WordWeights& weights,
                             const SaturationTable& saturation, size_t postings)
    : patterns_(list.postings.patterns()),
      fields_(list.field_mask),
      fields_of_postings_(list.postings.Fields()),
      weights_(weights),
      saturation_(saturation),
      factor_(list.factor) {
  for (size_t bit = 0; bit < weights_.size(); ++bit) {
    if (((fields_ >> bit) & 1) == 0) weights_[bit] = 0;
  }
  // For fewer postings it does not pay to prepare all codes.
  constexpr size_t kFew = 32;
  if (postings < kFew) return;
  const uint32_t known = std::min<uint32_t>(patterns_.size(), kKnown);
  for (uint32_t code = 0; code < known; ++code) {
    const uint32_t mask = patterns_.Mask(code);
    const uint32_t rest = mask & (mask - 1);
    const uint8_t* frequencies = patterns_.Frequencies(code);
    if ((rest & (rest - 1)) != 0 || frequencies[0] > SaturationTable::kFrequencies) continue;
    InFewFields& fields = known_[code];
    if (rest == 0) {
      fields.row2 = saturation_.Row(frequencies[0]);
    } else {
      if (frequencies[1] > SaturationTable::kFrequencies) continue;
      fields.weight2 = weights_[static_cast<size_t>(std::countr_zero(rest))];
      fields.row2 = saturation_.Row(frequencies[1]);
    }
    fields.weight = weights_[static_cast<size_t>(std::countr_zero(mask))];
    fields.row = saturation_.Row(frequencies[0]);
  }
}

void PostingScores::AddTo(uint32_t code, MergedPosting* merged) const {
  const uint32_t mask = patterns_.Mask(code);
  if ((mask & fields_) == 0) return;
  merged->factor = std::max(merged->factor, factor_);
  const uint8_t* frequency = patterns_.Frequencies(code);
  for (uint32_t bits = mask; bits != 0; bits &= bits - 1, ++frequency) {
    const auto bit = static_cast<size_t>(std::countr_zero(bits));
    const uint32_t field = uint32_t{1} << bit;
    if ((fields_ & field) == 0) continue;
    const bool is_first = (merged->fields & field) == 0;
    merged->frequencies[bit] =
        is_first ? *frequency : std::max(merged->frequencies[bit], *frequency);
    merged->weights[bit] = weights_[bit];
    merged->fields |= field;
  }
}

double PostingScores::Of(const MergedPosting& merged, uint32_t length) const {
  double score = 0;
  for (uint32_t bits = merged.fields; bits != 0; bits &= bits - 1) {
    const auto bit = static_cast<size_t>(std::countr_zero(bits));
    score += merged.weights[bit] * saturation_(merged.frequencies[bit], length);
  }
  return score * merged.factor;
}

// The factor applies to the sum, as for a word with alternatives: equal documents score the same
// bits.
double PostingScores::SumOfFields(uint32_t code, uint32_t length) const {
  double score = 0;
  const uint8_t* frequency = patterns_.Frequencies(code);
  for (uint32_t bits = patterns_.Mask(code); bits != 0; bits &= bits - 1, ++frequency) {
    score +=
        weights_[static_cast<size_t>(std::countr_zero(bits))] * saturation_(*frequency, length);
  }
  return score * factor_;
}

}  // namespace aisle
