// SPDX-License-Identifier: GPL-3.0-or-later
//
// The places of the bits of bitmaps, as fast as no branch that cannot be foretold allows. How many
// bits a word has cannot be: some are written whatever there are, and those of the next word come
// after those that were. Nor can which words are empty, where bits are few: those that are not are
// marked first, eight by eight, which compilers make vectors of.
//
// For functions with AISLE_TARGET_CLONES, into which all of this is inlined.
#pragma once

#include <bit>
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

inline constexpr size_t kMarkedWords = 64;

// Which of the words, at most kMarkedWords, are not empty.
[[gnu::always_inline]] inline uint64_t MarkNonEmpty(std::span<const uint64_t> words) {
  constexpr size_t kGroup = 8;
  uint64_t marks = 0;
  size_t i = 0;
  for (; i + kGroup <= words.size(); i += kGroup) {
    uint64_t group = 0;
    for (size_t k = 0; k < kGroup; ++k) group |= uint64_t{words[i + k] != 0} << k;
    marks |= group << i;
  }
  for (; i < words.size(); ++i) marks |= uint64_t{words[i] != 0} << i;
  return marks;
}

// Writes the places of the bits of `word`, counted from `first`, to `out`, and returns what is
// behind them. Up to kAtOnce - 1 places more are written that no bit has; in all no more than 64.
// note(place) is called for all that are written.
template <int kAtOnce, typename Place, typename Note>
[[gnu::always_inline]] inline Place* UnpackWord(uint64_t word, Place first, Place* out,
                                                const Note& note) {
  const int size = std::popcount(word);
  int written = 0;
  do {
    for (int k = 0; k < kAtOnce; ++k) {
      const auto place = static_cast<Place>(first + std::countr_zero(word));
      out[written + k] = place;
      note(place);
      word &= word - 1;
    }
    written += kAtOnce;
  } while (written < size);
  return out + size;
}

// The same for word after word, until there are `enough` places; *word is the first that is read,
// then the one behind the last. Returns how many places there are.
template <int kAtOnce, typename Place, typename Note>
[[gnu::always_inline]] inline size_t UnpackDense(std::span<const uint64_t> words, size_t* word,
                                                 size_t enough, Place* out, const Note& note) {
  const Place* const begin = out;
  const Place* const end = out + enough;
  size_t i = *word;
  for (; i < words.size() && out < end; ++i) {
    out = UnpackWord<kAtOnce>(words[i], static_cast<Place>(i * 64), out, note);
  }
  *word = i;
  return static_cast<size_t>(out - begin);
}

// The same, passing over words that are empty.
template <int kAtOnce, typename Place>
[[gnu::always_inline]] inline size_t UnpackSparse(std::span<const uint64_t> words, size_t* word,
                                                  size_t enough, Place* out) {
  const Place* const begin = out;
  const Place* const end = out + enough;
  size_t i = *word;
  while (i < words.size() && out < end) {
    const size_t count = words.size() - i < kMarkedWords ? words.size() - i : kMarkedWords;
    uint64_t marks = MarkNonEmpty(words.subspan(i, count));
    for (; marks != 0 && out < end; marks &= marks - 1) {
      const size_t at = i + static_cast<size_t>(std::countr_zero(marks));
      out = UnpackWord<kAtOnce>(words[at], static_cast<Place>(at * 64), out, [](Place) {});
    }
    i += marks != 0 ? static_cast<size_t>(std::countr_zero(marks)) : count;
  }
  *word = i;
  return static_cast<size_t>(out - begin);
}

// The same, in the way that is the fastest.
template <typename Place>
[[gnu::always_inline]] inline size_t UnpackWords(BitDensity density,
                                                 std::span<const uint64_t> words, size_t* word,
                                                 size_t enough, Place* out) {
  switch (density) {
    case BitDensity::kSparse:
      return UnpackSparse<2>(words, word, enough, out);
    case BitDensity::kMedium:
      return UnpackSparse<4>(words, word, enough, out);
    default:
      return UnpackDense<8>(words, word, enough, out, [](Place) {});
  }
}

}  // namespace aisle
