// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bits are found and counted as by looking at each, whatever their density and whatever way is
// taken.
#include "facets/unpacked_bits.h"

#include <algorithm>
#include <random>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facets/bit_ranks.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using ::testing::ElementsAreArray;

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

// Some at a time: never fewer than are enough, but at the end, nor a word more; and nothing is
// written where it must not be.
template <typename Place, typename Unpack>
void ExpectUnpacked(const std::vector<uint64_t>& words, size_t enough, const Unpack& unpack) {
  constexpr Place kNone = static_cast<Place>(-1);
  std::vector<Place> found;
  for (size_t word = 0; word < words.size();) {
    const size_t first = word;
    std::vector<Place> out(enough + 63 + 64 + 64, kNone);
    const size_t size = unpack(std::span(words), &word, enough, out.data());
    ASSERT_LT(size, enough + 64);
    if (word < words.size()) ASSERT_GE(size, enough);
    found.insert(found.end(), out.begin(), out.begin() + static_cast<ptrdiff_t>(size));
    const size_t end = std::min((word - first) * 64, enough + 63 + 64);
    for (size_t i = end; i < out.size(); ++i) ASSERT_EQ(out[i], kNone) << i;
  }
  ASSERT_THAT(found, ElementsAreArray(PlacesOf(words)));
}

TEST(UnpackedBits, AreThoseOfAPlainScan) {
  std::mt19937 random(TestSeed());
  for (const uint32_t share : {1u, 2u, 3u, 9u, 40u, 90u, 400u, 5000u}) {
    for (const size_t count : {0u, 1u, 7u, 63u, 64u, 65u, 130u, 500u}) {
      SCOPED_TRACE(fmt::format("one in {}, {} words", share, count));
      const std::vector<uint64_t> words = RandomWords(random, count, share);
      for (const BitDensity density :
           {BitDensity::kSparse, BitDensity::kMedium, BitDensity::kDense}) {
        const auto unpack = [density](auto... arguments) {
          return UnpackBits(density, arguments...);
        };
        const auto unpack_plainly = [density](auto... arguments) {
          return UnpackBitsPlainly(density, arguments...);
        };
        const size_t enough = 1 + random() % 200;
        ExpectUnpacked<uint32_t>(words, enough, unpack);
        ExpectUnpacked<uint32_t>(words, enough, unpack_plainly);
        ExpectUnpacked<uint16_t>(words, enough, unpack);
        ExpectUnpacked<uint16_t>(words, words.size() * 64, unpack);
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
  for (const size_t count : {1u, 9u, 1023u, 1024u, 1025u, 3000u}) {
    for (const uint32_t share : {1u, 3u}) {  // all bits, which are the most that ranks have to hold
      const std::vector<uint64_t> words = RandomWords(random, count, share);
      const BitRankTable table(words);
      ASSERT_EQ(table.bases().size(), BitRanks::BaseCount(count));
      uint32_t before = 0;
      for (uint32_t bit = 0; bit < count * 64; ++bit) {
        if (bit % 64 == 0) ASSERT_EQ(table.ranks().Before(bit / 64), before) << bit;
        ASSERT_EQ(table.ranks().Before(words, bit / 64, bit % 64), before) << bit;
        before += static_cast<uint32_t>((words[bit / 64] >> (bit % 64)) & 1);
      }
    }
  }
}

}  // namespace
}  // namespace aisle
