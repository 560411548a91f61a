// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/bit_packing.h"

#include <array>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

using Numbers = std::array<uint32_t, kPackedBlock>;

void ExpectComesBack(const Numbers& numbers, uint32_t before) {
  const unsigned width = PackedWidth(numbers.data(), before);
  std::vector<uint8_t> packed(PackedBytes(width) + 1, 0xEE);
  PackBlock(numbers.data(), before, width, packed.data());
  EXPECT_EQ(packed.back(), 0xEE) << "written beyond the end, width " << width;
  Numbers unpacked{};
  UnpackBlock(packed.data(), before, width, unpacked.data());
  EXPECT_EQ(unpacked, numbers) << "width " << width;
}

TEST(BitPacking, EveryWidthComesBack) {
  std::mt19937 random(TestSeed());
  for (unsigned width = 0; width <= 25; ++width) {
    for (int round = 0; round < 20; ++round) {
      const auto before = static_cast<uint32_t>(random() % 1000);
      Numbers numbers{};
      uint32_t number = before;
      for (uint32_t& n : numbers) {
        number += static_cast<uint32_t>(random()) & ((1u << width) - 1);
        n = number;
      }
      ExpectComesBack(numbers, before);
    }
  }
}

TEST(BitPacking, OneLargeDistanceAnywhere) {
  for (size_t place = 0; place < kPackedBlock; ++place) {
    Numbers numbers{};
    for (size_t i = place; i < kPackedBlock; ++i) numbers[i] = 0xFFFFFF00u;
    ExpectComesBack(numbers, 0);
  }
}

TEST(BitPacking, ConsecutiveNumbersTakeOneBit) {
  Numbers numbers{};
  for (uint32_t i = 0; i < kPackedBlock; ++i) numbers[i] = i + 8;
  EXPECT_EQ(PackedWidth(numbers.data(), 7), 1u);
  ExpectComesBack(numbers, 7);
}

}  // namespace
}  // namespace aisle
