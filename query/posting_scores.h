// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostingScores: what the postings of one list add to the score of a document, by the posting's
// code and the document's length. One for each word, segment and request; the list's index must
// outlive it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/limits.h"
#include "query/saturation_table.h"
#include "query/text_statistics.h"
#include "query/word_postings.h"

namespace aisle {

// The postings of a document in several lists of one word, as one: it has the word in each field as
// often as the one that has it most often there, at the best factor.
struct MergedPosting {
  uint32_t fields = 0;  // in which it stands: of these alone something is known
  std::array<uint8_t, limits::kSearchFieldsMax> frequencies;
  std::array<double, limits::kSearchFieldsMax> weights;
  double factor = 0;
};

class PostingScores {
 public:
  // `weights`: of the word whose list this is. `saturation` must outlive this. `postings`: of how
  // many the score will be asked, about.
  PostingScores(const WordPostings::List& list, const WordWeights& weights,
                const SaturationTable& saturation, size_t postings);

  double Of(uint32_t code, uint32_t length) const {
    if (code < kKnown && length < SaturationTable::kLengths && known_[code].row != nullptr) {
      const InFewFields& fields = known_[code];
      return (fields.weight * fields.row[length] + fields.weight2 * fields.row2[length]) * factor_;
    }
    return SumOfFields(code, length);
  }

  // Adds a posting of this list.
  void AddTo(uint32_t code, MergedPosting* merged) const;
  double Of(const MergedPosting& merged, uint32_t length) const;
  double factor() const { return factor_; }

  // visit(code, most) for each code that counts and that postings of the list may have: the most
  // that such a posting adds, no document being shorter than `shortest`.
  template <typename Visit>
  void ForEachMost(uint32_t shortest, const Visit& visit) const {
    for (uint32_t code = 0; code < patterns_.size(); ++code) {
      const uint32_t mask = patterns_.Mask(code);
      // Longer documents score less.
      if ((mask & fields_) != 0 && (mask & ~fields_of_postings_) == 0)
        visit(code, Of(code, shortest));
    }
  }

 private:
  double SumOfFields(uint32_t code, uint32_t length) const;

  static constexpr uint32_t kKnown = 64;
  // Most words stand in one field or two, a few times. In one: the second weight is 0.
  struct InFewFields {
    double weight = 0;
    const double* row = nullptr;
    double weight2 = 0;
    const double* row2 = nullptr;
  };

  const FieldPatterns& patterns_;
  const uint32_t fields_;  // that count
  const uint32_t fields_of_postings_;
  WordWeights weights_;
  const SaturationTable& saturation_;
  const double factor_;
  std::array<InFewFields, kKnown> known_{};
};

// By what share sums of bounds may be off: they are sums of shorter numbers than scores are, in
// another order.
inline constexpr double kRoundingSlack = 1e-5;

// The most that a posting adds, by its code, no document being shorter than `shortest`. `factor`:
// of the word instead of the list's.
class CodeBounds {
 public:
  CodeBounds(const PostingScores& scores, uint32_t shortest)
      : CodeBounds(scores, shortest, scores.factor()) {}
  CodeBounds(const PostingScores& scores, uint32_t shortest, double factor) {
    scores.ForEachMost(shortest, [&](uint32_t code, double of_list) {
      const double most = of_list * (factor / scores.factor());
      if (code < of_code_.size()) of_code_[code] = static_cast<float>(most);
      most_ = std::max(most_, most);
    });
  }

  float Of(uint32_t code) const {
    return code < of_code_.size() ? of_code_[code] : static_cast<float>(most_);
  }
  // Of any code.
  double most() const { return most_; }

 private:
  double most_ = 0;
  std::array<float, 256> of_code_{};
};

}  // namespace aisle
