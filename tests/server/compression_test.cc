// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/compression.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using testing::HasSubstr;

std::string SomeText(size_t bytes) {
  std::mt19937 random(7);
  std::string text;
  while (text.size() < bytes) text += "word" + std::to_string(random() % 5000) + " ";
  text.resize(bytes);
  return text;
}

// Reads `compressed` fed in pieces of `piece` bytes, taking at most `output_max` at a time.
absl::StatusOr<std::string> Unpack(std::string_view compressed, size_t piece, size_t output_max,
                                   size_t ratio_max = 200) {
  GzipReader reader(ratio_max);
  std::string text;
  while (!compressed.empty()) {
    std::string_view input = compressed.substr(0, piece);
    compressed.remove_prefix(input.size());
    for (size_t got = output_max; !input.empty() || got == output_max;) {
      const size_t before = text.size();
      RETURN_IF_ERROR(reader.Read(&input, output_max, &text));
      got = text.size() - before;
      EXPECT_LE(got, output_max);
    }
  }
  RETURN_IF_ERROR(reader.End());
  return text;
}

TEST(AcceptsGzip, FollowsQualityValues) {
  EXPECT_TRUE(AcceptsGzip("gzip"));
  EXPECT_TRUE(AcceptsGzip("deflate, GZIP;q=0.5, br"));
  EXPECT_TRUE(AcceptsGzip("*"));
  EXPECT_TRUE(AcceptsGzip("x-gzip; q=1.0"));
  EXPECT_FALSE(AcceptsGzip(""));
  EXPECT_FALSE(AcceptsGzip("gzip;q=0"));
  EXPECT_FALSE(AcceptsGzip("gzip; q=0.000, *"));
  EXPECT_FALSE(AcceptsGzip("*;q=0"));
  EXPECT_FALSE(AcceptsGzip("br, deflate"));
  EXPECT_FALSE(AcceptsGzip("gzip;q=broken"));
  EXPECT_FALSE(AcceptsGzip("notgzip"));
}

TEST(Gzip, GivesBackWhatWasPacked) {
  for (const size_t size : {0, 1, 1000, 65536, 500000}) {
    const std::string text = SomeText(size);
    const std::string packed = GzipCompress(text);
    ASSERT_FALSE(packed.empty());
    for (const size_t piece : {size_t{1}, size_t{100}, packed.size()}) {
      const auto unpacked = Unpack(packed, piece, 4096);
      ASSERT_TRUE(unpacked.ok()) << unpacked.status();
      EXPECT_EQ(*unpacked, text);
    }
  }
}

TEST(Gzip, ReadsSeveralMembers) {
  const auto unpacked = Unpack(GzipCompress("one ") + GzipCompress("") + GzipCompress("two"), 7, 3);
  ASSERT_TRUE(unpacked.ok()) << unpacked.status();
  EXPECT_EQ(*unpacked, "one two");
}

TEST(Gzip, RefusesBrokenInput) {
  const std::string packed = GzipCompress(SomeText(100000));
  EXPECT_THAT(Message(Unpack("this is not gzip", 100, 100).status()), HasSubstr("not valid gzip"));
  EXPECT_THAT(Message(Unpack(packed.substr(0, packed.size() / 2), 100, 4096).status()),
              HasSubstr("cut off"));
  EXPECT_THAT(Message(Unpack(packed + "rest", 1000, 4096).status()), HasSubstr("not valid gzip"));
  std::string flipped = packed;
  flipped[flipped.size() - 6] ^= 1;  // its checksum
  EXPECT_THAT(Message(Unpack(flipped, 1000, 4096).status()), HasSubstr("not valid gzip"));
}

TEST(Gzip, StopsBombs) {
  const std::string bomb = GzipCompress(std::string(50u << 20, ' '));
  const auto unpacked = Unpack(bomb, 4096, 65536);
  EXPECT_TRUE(absl::IsOutOfRange(unpacked.status())) << unpacked.status();
  // Small ones are no danger.
  EXPECT_TRUE(Unpack(GzipCompress(std::string(1u << 20, ' ')), 4096, 65536).ok());
}

}  // namespace
}  // namespace aisle
