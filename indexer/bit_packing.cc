// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/bit_packing.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace aisle {
namespace {

constexpr size_t kLanes = 4;
constexpr size_t kRows = kPackedBlock / kLanes;

using Vector = uint32_t __attribute__((vector_size(16)));

Vector Load(const uint8_t* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof(vector));
  return vector;
}

// Sums up four distances; `before` holds the number before in every lane.
Vector PrefixSum(Vector distances, Vector before) {
  using Mask = Vector;
  constexpr Vector kZero = {0, 0, 0, 0};
  distances += __builtin_shuffle(kZero, distances, Mask{0, 4, 5, 6});
  distances += __builtin_shuffle(kZero, distances, Mask{0, 0, 4, 5});
  return distances + before;
}

Vector LastOf(Vector numbers) { return __builtin_shuffle(numbers, Vector{3, 3, 3, 3}); }

// The loop is unrolled: shifts and places are constants.
template <unsigned kWidth>
void Unpack(const uint8_t* packed, uint32_t before, uint32_t* numbers) {
  Vector last = {before, before, before, before};
  const auto row = [&]<size_t kRow>() {
    Vector distances = {0, 0, 0, 0};
    if constexpr (kWidth > 0) {
      constexpr size_t kBit = kRow * kWidth;
      constexpr size_t kWord = kBit / 32;
      constexpr unsigned kShift = kBit % 32;
      distances = Load(packed + 16 * kWord) >> kShift;
      if constexpr (kShift + kWidth > 32) {
        distances |= Load(packed + 16 * (kWord + 1)) << (32 - kShift);
      }
      if constexpr (kWidth < 32) distances &= (1u << kWidth) - 1;
    }
    last = PrefixSum(distances, last);
    std::memcpy(numbers + kRow * kLanes, &last, sizeof(last));
    last = LastOf(last);
  };
  [&]<size_t... kRow>(std::index_sequence<kRow...>) { (row.template operator()<kRow>(), ...); }
  (std::make_index_sequence<kRows>());
}

using Unpacker = void (*)(const uint8_t*, uint32_t, uint32_t*);

constexpr std::array<Unpacker, 33> kUnpackers =
    []<unsigned... kWidth>(std::integer_sequence<unsigned, kWidth...>) {
  return std::array<Unpacker, 33>{&Unpack<kWidth>...};
}
(std::make_integer_sequence<unsigned, 33>());

}  // namespace

unsigned PackedWidth(const uint32_t* numbers, uint32_t before) {
  uint32_t all = 0;
  for (size_t i = 0; i < kPackedBlock; ++i) {
    all |= numbers[i] - before;
    before = numbers[i];
  }
  return static_cast<unsigned>(std::bit_width(all));
}

void PackBlock(const uint32_t* numbers, uint32_t before, unsigned width, uint8_t* out) {
  std::array<uint32_t, 32 * kLanes> words{};  // word w of lane l at w * kLanes + l
  for (size_t i = 0; i < kPackedBlock; ++i) {
    const uint64_t distance = numbers[i] - before;
    before = numbers[i];
    const size_t bit = i / kLanes * width;
    const size_t word = bit / 32 * kLanes + i % kLanes;
    const uint64_t shifted = distance << (bit % 32);
    words[word] |= static_cast<uint32_t>(shifted);
    if (shifted >> 32 != 0) words[word + kLanes] |= static_cast<uint32_t>(shifted >> 32);
  }
  std::memcpy(out, words.data(), PackedBytes(width));
}

void UnpackBlock(const uint8_t* packed, uint32_t before, unsigned width, uint32_t* numbers) {
  kUnpackers[width](packed, before, numbers);
}

}  // namespace aisle
