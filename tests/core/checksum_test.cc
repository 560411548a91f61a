// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checksum.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

std::string Bytes(int first, int step, size_t size) {
  std::string bytes;
  for (size_t i = 0; i < size; ++i) {
    bytes.push_back(static_cast<char>(first + step * static_cast<int>(i)));
  }
  return bytes;
}

// RFC 3720, B.4, and the check value of the CRC catalogues.
TEST(Crc32c, KnownAnswers) {
  EXPECT_EQ(Crc32c(""), 0u);
  EXPECT_EQ(Crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(Crc32c(Bytes(0, 0, 32)), 0x8A9136AAu);
  EXPECT_EQ(Crc32c(Bytes(0xFF, 0, 32)), 0x62A8AB43u);
  EXPECT_EQ(Crc32c(Bytes(0, 1, 32)), 0x46DD794Eu);
  EXPECT_EQ(Crc32c(Bytes(31, -1, 32)), 0x113FDB5Cu);
}

TEST(Crc32c, GoesOnWhereItStopped) {
  const std::string bytes = Bytes(7, 13, 100);
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    const std::string_view view = bytes;
    EXPECT_EQ(Crc32c(view.substr(cut), Crc32c(view.substr(0, cut))), Crc32c(bytes)) << cut;
  }
}

TEST(Crc32c, IsTheSameOnAnyProcessor) {
  std::mt19937 random(TestSeed());
  std::string bytes;
  for (size_t size = 0; size < 200; ++size) {
    const auto begin = static_cast<uint32_t>(random());
    EXPECT_EQ(Crc32c(bytes, begin), SlowCrc32c(bytes, begin)) << size << ", seed " << TestSeed();
    bytes.push_back(static_cast<char>(random()));
  }
}

TEST(Crc32c, EveryFlippedBitChangesIt) {
  std::mt19937 random(TestSeed());
  std::string bytes(61, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  const uint32_t intact = Crc32c(bytes);
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_NE(Crc32c(damaged), intact) << bit;
  }
}

}  // namespace
}  // namespace aisle
