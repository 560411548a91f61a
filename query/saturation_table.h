// SPDX-License-Identifier: GPL-3.0-or-later
//
// SaturationTable: Bm25Saturation (query/bm25.h) for the frequencies and lengths that most
// documents have: a division less for each posting. One for each thread and average length at a
// time.
#pragma once

#include <array>
#include <cstdint>

#include "query/bm25.h"

namespace aisle {

class SaturationTable {
 public:
  static constexpr uint32_t kFrequencies = 4;
  static constexpr uint32_t kLengths = 256;

  // That of this thread, for this average length; valid until it is asked for another length.
  static const SaturationTable& For(double average_length) {
    thread_local SaturationTable table;
    if (table.average_length_ != average_length) table.Fill(average_length);
    return table;
  }

  double operator()(uint8_t frequency, uint32_t length) const {
    if (frequency <= kFrequencies && length < kLengths) return Row(frequency)[length];
    return Bm25Saturation(frequency, length, average_length_);
  }

  // Of a frequency of 1..kFrequencies, by length.
  const double* Row(uint8_t frequency) const {
    return values_.data() + (frequency - 1u) * kLengths;
  }

 private:
  void Fill(double average_length) {
    average_length_ = average_length;
    for (uint32_t frequency = 1; frequency <= kFrequencies; ++frequency) {
      for (uint32_t length = 0; length < kLengths; ++length) {
        values_[(frequency - 1) * kLengths + length] =
            Bm25Saturation(frequency, length, average_length);
      }
    }
  }

  double average_length_ = -1;
  std::array<double, kFrequencies * kLengths> values_{};
};

}  // namespace aisle
