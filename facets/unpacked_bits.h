// SPDX-License-Identifier: GPL-3.0-or-later
//
// The places of the bits of bitmaps, in the fastest way that the processor knows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace aisle {

// How many bits the words have on average, by what the fastest way depends.
enum class BitDensity { kSparse, kMedium, kDense };

inline BitDensity DensityOf(size_t bits, size_t words) {
  if (4 * bits < 3 * words) return BitDensity::kSparse;
  return bits < 3 * words ? BitDensity::kMedium : BitDensity::kDense;
}

// Writes the places of the bits of word after word, ascending, to `out`, until there are `enough`;
// *word is the first that is read, then the one behind the last. Returns how many places there are:
// fewer than 64 more than are enough. Behind them more are written that no bit has; in all no more
// than 64 for each word that is read, nor than 63 + 64 more than are enough.
size_t UnpackBits(BitDensity density, std::span<const uint64_t> words, size_t* word, size_t enough,
                  uint32_t* out);
size_t UnpackBits(BitDensity density, std::span<const uint64_t> words, size_t* word, size_t enough,
                  uint16_t* out);

// The same in the way of processors that know no faster one.
size_t UnpackBitsPlainly(BitDensity density, std::span<const uint64_t> words, size_t* word,
                         size_t enough, uint32_t* out);

}  // namespace aisle
