// SPDX-License-Identifier: GPL-3.0-or-later
//
// BM25 as Xapian computes it (weight/bm25weight.cc of Xapian 1.4, after Robertson et al., "Okapi at
// TREC-3"), so that both executors give the same scores: k2 = 0, min_normlen = 0.5; k1 and b are
// those of the collection's ranking (core/ranking.h), 1 and 0.5 if it has none. The weight of a
// word is the sum over the searched fields of field weight x BM25 of the word in that field.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace aisle {

struct Bm25Parameters {
  double k1 = 1;
  double b = 0.5;

  friend bool operator==(const Bm25Parameters&, const Bm25Parameters&) = default;
};

inline constexpr double kBm25MinNormLength = 0.5;

// The part that depends on the word alone: `document_frequency` of `documents` hold it. Never
// negative.
inline double Bm25TermWeight(uint64_t document_frequency, uint64_t documents,
                             const Bm25Parameters& parameters) {
  const auto df = static_cast<double>(document_frequency);
  const auto n = static_cast<double>(documents);
  double ratio = (n - df + 0.5) / (df + 0.5);
  if (ratio < 2) ratio = ratio * 0.5 + 1;
  return std::log(ratio) * (parameters.k1 + 1);
}

// The part that depends on the document: 0..1, growing with the frequency, falling with the length.
inline double Bm25Saturation(double frequency, double length, double average_length,
                             const Bm25Parameters& parameters) {
  const double relative = average_length > 0 ? length * (1 / average_length) : 0;
  const double norm = std::max(relative, kBm25MinNormLength);
  return frequency / (parameters.k1 * (norm * parameters.b + (1 - parameters.b)) + frequency);
}

}  // namespace aisle
