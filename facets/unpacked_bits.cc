// SPDX-License-Identifier: GPL-3.0-or-later
//
// As fast as no branch that cannot be foretold allows. How many bits a word has cannot be: some are
// written whatever there are, and those of the next word come after those that were. Nor can which
// words are empty, where bits are few: those that are not are marked first, eight by eight.
//
// Processors with AVX-512 VBMI2 write the places of all bits of a word at once: they take those out
// of the numbers 0 to 63 whose bit is set.
#include "facets/unpacked_bits.h"

#include <array>
#include <bit>

#include "core/target_clones.h"

#if defined(__x86_64__)
#if defined(__GNUC__) && !defined(__clang__)
// GCC 12 takes what an intrinsic leaves undefined on purpose for a mistake.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#endif

namespace aisle {
namespace {

constexpr size_t kMarkedWords = 64;

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
template <int kAtOnce, typename Place>
[[gnu::always_inline]] inline Place* UnpackWord(uint64_t word, Place first, Place* out) {
  const int size = std::popcount(word);
  int written = 0;
  do {
    for (int k = 0; k < kAtOnce; ++k) {
      out[written + k] = static_cast<Place>(first + std::countr_zero(word));
      word &= word - 1;
    }
    written += kAtOnce;
  } while (written < size);
  return out + size;
}

// The same for word after word: see UnpackBits().
template <int kAtOnce, typename Place>
[[gnu::always_inline]] inline size_t UnpackDense(std::span<const uint64_t> words, size_t* word,
                                                 size_t enough, Place* out) {
  const Place* const begin = out;
  const Place* const end = out + enough;
  size_t i = *word;
  for (; i < words.size() && out < end; ++i) {
    out = UnpackWord<kAtOnce>(words[i], static_cast<Place>(i * 64), out);
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
      out = UnpackWord<kAtOnce>(words[at], static_cast<Place>(at * 64), out);
    }
    i += marks != 0 ? static_cast<size_t>(std::countr_zero(marks)) : count;
  }
  *word = i;
  return static_cast<size_t>(out - begin);
}

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
      return UnpackDense<8>(words, word, enough, out);
  }
}

AISLE_TARGET_CLONES
size_t UnpackShortPlainly(BitDensity density, std::span<const uint64_t> words, size_t* word,
                          size_t enough, uint16_t* out) {
  return UnpackWords(density, words, word, enough, out);
}

#if defined(__x86_64__)
#define AISLE_TARGET_VBMI2 \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,popcnt,bmi,bmi2")))

bool HasVbmi2() {
  static const bool has =
      __builtin_cpu_supports("avx512vbmi2") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
  return has;
}

// The numbers of the bits of `word`, a byte each.
AISLE_TARGET_VBMI2 inline __m512i NumbersOfBits(uint64_t word) {
  alignas(64) static constexpr auto kNumbers = [] {
    std::array<uint8_t, 64> numbers{};
    for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<uint8_t>(i);
    return numbers;
  }();
  return _mm512_maskz_compress_epi8(word, _mm512_load_si512(kNumbers.data()));
}

// Writes `first` + each of the numbers, the first `count` at least, up to 64.
AISLE_TARGET_VBMI2 inline void WritePlaces(__m512i numbers, int count, uint32_t first,
                                           uint32_t* out) {
  const __m512i begin = _mm512_set1_epi32(static_cast<int>(first));
  const auto write = [&](__m128i part, uint32_t* to) AISLE_TARGET_VBMI2 {
    _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_cvtepu8_epi32(part), begin));
  };
  write(_mm512_castsi512_si128(numbers), out);
  if (count <= 16) return;
  write(_mm512_extracti32x4_epi32(numbers, 1), out + 16);
  if (count <= 32) return;
  write(_mm512_extracti32x4_epi32(numbers, 2), out + 32);
  write(_mm512_extracti32x4_epi32(numbers, 3), out + 48);
}
AISLE_TARGET_VBMI2 inline void WritePlaces(__m512i numbers, int count, uint32_t first,
                                           uint16_t* out) {
  const __m512i begin = _mm512_set1_epi16(static_cast<short>(first));
  const auto write = [&](__m256i part, uint16_t* to) AISLE_TARGET_VBMI2 {
    _mm512_storeu_si512(to, _mm512_add_epi16(_mm512_cvtepu8_epi16(part), begin));
  };
  write(_mm512_castsi512_si256(numbers), out);
  if (count > 32) write(_mm512_extracti64x4_epi64(numbers, 1), out + 32);
}

// Of a word that hardly ever has more than eight bits.
AISLE_TARGET_VBMI2 inline void WriteFewPlaces(__m512i numbers, int count, uint32_t first,
                                              uint32_t* out) {
  if (count > 8) return WritePlaces(numbers, count, first, out);
  const __m256i places = _mm256_cvtepu8_epi32(_mm512_castsi512_si128(numbers));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out),
                      _mm256_add_epi32(places, _mm256_set1_epi32(static_cast<int>(first))));
}
AISLE_TARGET_VBMI2 inline void WriteFewPlaces(__m512i numbers, int count, uint32_t first,
                                              uint16_t* out) {
  WritePlaces(numbers, count, first, out);
}

// Which of up to kMarkedWords words are not empty.
AISLE_TARGET_VBMI2 inline uint64_t MarkNonEmptyVbmi2(std::span<const uint64_t> words) {
  uint64_t marks = 0;
  for (size_t i = 0; i < words.size(); i += 8) {
    const size_t count = words.size() - i < 8 ? words.size() - i : 8;
    const auto there = static_cast<__mmask8>((1u << count) - 1);
    const __m512i group = _mm512_maskz_loadu_epi64(there, words.data() + i);
    marks |= uint64_t{_mm512_test_epi64_mask(group, group)} << i;
  }
  return marks;
}

template <typename Place>
AISLE_TARGET_VBMI2 size_t UnpackVbmi2(BitDensity density, std::span<const uint64_t> words,
                                      size_t* word, size_t enough, Place* out) {
  const Place* const begin = out;
  const Place* const end = out + enough;
  size_t i = *word;
  if (density == BitDensity::kDense) {
    for (; i < words.size() && out < end; ++i) {
      const int count = std::popcount(words[i]);
      WritePlaces(NumbersOfBits(words[i]), count, static_cast<uint32_t>(i * 64), out);
      out += count;
    }
  }
  while (i < words.size() && out < end) {
    const size_t marked = words.size() - i < kMarkedWords ? words.size() - i : kMarkedWords;
    uint64_t marks = MarkNonEmptyVbmi2(words.subspan(i, marked));
    for (; marks != 0 && out < end; marks &= marks - 1) {
      const size_t at = i + static_cast<size_t>(std::countr_zero(marks));
      const int count = std::popcount(words[at]);
      WriteFewPlaces(NumbersOfBits(words[at]), count, static_cast<uint32_t>(at * 64), out);
      out += count;
    }
    i += marks != 0 ? static_cast<size_t>(std::countr_zero(marks)) : marked;
  }
  *word = i;
  return static_cast<size_t>(out - begin);
}
#endif

}  // namespace

AISLE_TARGET_CLONES
size_t UnpackBitsPlainly(BitDensity density, std::span<const uint64_t> words, size_t* word,
                         size_t enough, uint32_t* out) {
  return UnpackWords(density, words, word, enough, out);
}

size_t UnpackBits(BitDensity density, std::span<const uint64_t> words, size_t* word, size_t enough,
                  uint32_t* out) {
#if defined(__x86_64__)
  if (HasVbmi2()) return UnpackVbmi2(density, words, word, enough, out);
#endif
  return UnpackBitsPlainly(density, words, word, enough, out);
}

size_t UnpackBits(BitDensity density, std::span<const uint64_t> words, size_t* word, size_t enough,
                  uint16_t* out) {
#if defined(__x86_64__)
  if (HasVbmi2()) return UnpackVbmi2(density, words, word, enough, out);
#endif
  return UnpackShortPlainly(density, words, word, enough, out);
}

}  // namespace aisle
