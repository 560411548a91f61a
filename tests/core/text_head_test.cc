// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text_head.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace aisle {
namespace {

TEST(TextHead, IsTheFirstEightBytes) {
  EXPECT_EQ(TextHead(""), 0u);
  EXPECT_EQ(TextHead("a"), uint64_t{'a'} << 56);
  EXPECT_EQ(TextHead("abcde"), 0x6162636465000000u);
  EXPECT_EQ(TextHead("abcdefgh"), 0x6162636465666768u);
  EXPECT_EQ(TextHead("abcdefghi"), TextHead("abcdefgh"));
  EXPECT_EQ(TextHead("\xFF"), uint64_t{0xFF} << 56);
}

// A lesser head is that of a lesser text; of few letters many texts are alike.
TEST(TextHead, SortsAsTexts) {
  const auto seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto text = [&] {
    std::string made(random() % 12, '\0');
    for (char& c : made)
      c = "\x01"
          "ab\xC3"[random() % 4];
    return made;
  };
  for (int i = 0; i < 100'000; ++i) {
    const std::string a = text(), b = text();
    if (TextHead(a) != TextHead(b)) {
      ASSERT_EQ(TextHead(a) < TextHead(b), a < b);
    } else if (a.size() < 8 && b.size() < 8) {
      ASSERT_EQ(a, b);
    }
  }
}

}  // namespace
}  // namespace aisle
