// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bits are found and counted as by looking at each, whatever their density and whatever way is
// taken.
#include "facets/unpacked_bits.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "facets/bit_ranks.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

// Words of which each bit is set one time in `share`.
std::vector<uint64_t> RandomWords(std::mt19937& random, size_t words, uint32_t share) {
  std::vector<uint64_t> bits(words, 0);
  for (size_t i = 0; i < words * 64; ++i) {
    if (random() % share == 0) bits[i / 64] |= uint64_t{1} << (i % 64);
  }
  return bits;
}

std::vector<uint32_t> PlacesOf(const std::vector<uint64_t>& words) {
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < words.size() * 64; ++i) {
    if ((words[i / 64] >> (i % 64)) & 1) places.push_back(i);
  }
  return places;
}

TEST(UnpackedBits, AreThoseOfAPlainScan) {
  std::mt19937 random(TestSeed());
  for (const uint32_t share : {1u, 2u, 9u, 40u, 90u, 400u, 5000u}) {
    for (const size_t count : {0u, 1u, 7u, 63u, 64u, 65u, 130u, 500u}) {
      const std::vector<uint64_t> words = RandomWords(random, count, share);
      const std::vector<uint32_t> expected = PlacesOf(words);
      for (const BitDensity density :
           {BitDensity::kSparse, BitDensity::kMedium, BitDensity::kDense}) {
        // Some at a time: never fewer than are enough, but at the end, nor a word more.
        const size_t enough = 1 + random() % 200;
        std::vector<uint32_t> found;
        for (size_t word = 0; word < words.size();) {
          std::vector<uint32_t> out(enough + 63 + 64, UINT32_MAX);
          const size_t size = UnpackWords(density, std::span(words), &word, enough, out.data());
          ASSERT_LT(size, enough + 64);
          if (word < words.size()) ASSERT_GE(size, enough);
          found.insert(found.end(), out.begin(), out.begin() + static_cast<ptrdiff_t>(size));
        }
        ASSERT_EQ(found, expected) << "one in " << share << ", " << count << " words";
      }
    }
  }
}

TEST(UnpackedBits, AreOfTheDensityThatTheyHave) {
  EXPECT_EQ(DensityOf(0, 100), BitDensity::kSparse);
  EXPECT_EQ(DensityOf(74, 100), BitDensity::kSparse);
  EXPECT_EQ(DensityOf(75, 100), BitDensity::kMedium);
  EXPECT_EQ(DensityOf(300, 100), BitDensity::kDense);
}

TEST(BitRanks, AreThoseOfAPlainCount) {
  std::mt19937 random(TestSeed());
  for (const size_t count : {1u, 7u, 8u, 9u, 23u, 64u}) {
    const std::vector<uint64_t> words = RandomWords(random, count, 3);
    for (size_t word = 0; word < count; ++word) {
      int bits = 0;
      for (size_t i = word / kWordsPerRank * kWordsPerRank; i < word; ++i) {
        bits += std::popcount(words[i]);
      }
      EXPECT_EQ(BitsOfGroupBefore(words, word), static_cast<uint32_t>(bits)) << word;
    }
  }
}

}  // namespace
}  // namespace aisle
