// SPDX-License-Identifier: GPL-3.0-or-later
//
// BM25 as Xapian computes it (weight/bm25weight.cc of Xapian 1.4, after Robertson et al., "Okapi at
// TREC-3"), so that both executors give the same scores: k1 = 1, k2 = 0, b = 0.5, min_normlen =
// 0.5. The weight of a word is the sum over the searched fields of field weight x BM25 of the word
// in that field.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace aisle {

inline constexpr double kBm25K1 = 1.0;
inline constexpr double kBm25B = 0.5;
inline constexpr double kBm25MinNormLength = 0.5;

// The part that depends on the word alone: `document_frequency` of `documents` hold it. Never
// negative.
inline double Bm25TermWeight(uint64_t document_frequency, uint64_t documents) {
  const auto df = static_cast<double>(document_frequency);
  const auto n = static_cast<double>(documents);
  double ratio = (n - df + 0.5) / (df + 0.5);
  if (ratio < 2) ratio = ratio * 0.5 + 1;
  return std::log(ratio) * (kBm25K1 + 1);
}

// The part that depends on the document: 0..1, growing with the frequency, falling with the length.
inline double Bm25Saturation(double frequency, double length, double average_length) {
  const double relative = average_length > 0 ? length * (1 / average_length) : 0;
  const double norm = std::max(relative, kBm25MinNormLength);
  return frequency / (kBm25K1 * (norm * kBm25B + (1 - kBm25B)) + frequency);
}

}  // namespace aisle
