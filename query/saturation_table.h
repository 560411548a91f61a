// SPDX-License-Identifier: GPL-3.0-or-later
//
// SaturationTable: Bm25Saturation (query/bm25.h) for the frequencies and lengths that most
// documents have: a division less for each posting. One for each thread, average length and
// parameters at a time.
#pragma once

#include <array>
#include <cstdint>

#include "query/bm25.h"

namespace aisle {

class SaturationTable {
 public:
  static constexpr uint32_t kFrequencies = 4;
  static constexpr uint32_t kLengths = 256;

  // That of this thread for these; valid until it is asked for others.
  static const SaturationTable& For(double average_length, const Bm25Parameters& parameters) {
    thread_local SaturationTable table;
    if (table.average_length_ != average_length || table.parameters_ != parameters) {
      table.average_length_ = average_length;
      table.parameters_ = parameters;
      table.Fill();
    }
    return table;
  }

  double operator()(uint8_t frequency, uint32_t length) const {
    if (frequency <= kFrequencies && length < kLengths) return Row(frequency)[length];
    return Bm25Saturation(frequency, length, average_length_, parameters_);
  }

  // Of a frequency of 1..kFrequencies, by length.
  const double* Row(uint8_t frequency) const {
    return values_.data() + (frequency - 1u) * kLengths;
  }

 private:
  void Fill() {
    for (uint32_t frequency = 1; frequency <= kFrequencies; ++frequency) {
      for (uint32_t length = 0; length < kLengths; ++length) {
        values_[(frequency - 1) * kLengths + length] =
            Bm25Saturation(frequency, length, average_length_, parameters_);
      }
    }
  }

  double average_length_ = -1;
  Bm25Parameters parameters_;
  std::array<double, kFrequencies * kLengths> values_{};
};

}  // namespace aisle
