// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostingScores: what the postings of one list add to the score of a document, by the posting's
// code and the document's length. One for each word, segment and request; the list's index must
// outlive it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "query/saturation_table.h"
#include "query/text_statistics.h"
#include "query/word_postings.h"

namespace aisle {

class PostingScores {
 public:
  // `weights`: of the word whose list this is.
  PostingScores(const WordPostings::List& list, const WordWeights& weights, double average_length);

  double Of(uint32_t code, uint32_t length) const {
    if (code < kKnown && length < SaturationTable::kLengths && known_[code].row != nullptr) {
      const InFewFields& fields = known_[code];
      return (fields.weight * fields.row[length] + fields.weight2 * fields.row2[length]) * factor_;
    }
    return SumOfFields(code, length);
  }

  // The most that a posting of the list adds, by length / kBoundLengths; the last one holds for all
  // greater lengths too.
  static constexpr uint32_t kBoundLengths = 16;
  std::vector<double> Bounds() const;
  // The most that any posting of the list adds.
  double Most() const;

  // A posting with this code adds less than `score` in every document of the returned length or
  // longer.
  uint32_t LengthLimit(uint32_t code, double score) const;

 private:
  double SumOfFields(uint32_t code, uint32_t length) const;
  // visit(code) for each code that postings of the list may have and that counts.
  template <typename Visit>
  void ForEachCode(const Visit& visit) const;

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

}  // namespace aisle
