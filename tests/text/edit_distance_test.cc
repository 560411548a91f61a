// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/edit_distance.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/text/analysis.h"
#include "text/unicode.h"

namespace aisle {
namespace {

// The definition, computed in full.
int NaiveDistance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

TEST(EditDistanceTest, CountsEdits) {
  EXPECT_EQ(BoundedEditDistance(U"", U"", 2), 0);
  EXPECT_EQ(BoundedEditDistance(U"nike", U"nike", 0), 0);
  EXPECT_EQ(BoundedEditDistance(U"nike", U"mike", 2), 1);
  EXPECT_EQ(BoundedEditDistance(U"nike", U"nikee", 2), 1);
  EXPECT_EQ(BoundedEditDistance(U"adidas", U"addias", 2), 1);  // a swap is one edit
  EXPECT_EQ(BoundedEditDistance(U"ca", U"abc", 3), 3);         // no character is edited twice
  EXPECT_EQ(BoundedEditDistance(U"кроссовки", U"красовки", 2), 2);
}

TEST(EditDistanceTest, ReportsOneMoreThanTheLimit) {
  EXPECT_EQ(BoundedEditDistance(U"nike", U"puma", 2), 3);
  EXPECT_EQ(BoundedEditDistance(U"a", U"b", 0), 1);
  EXPECT_EQ(BoundedEditDistance(U"", U"abc", 2), 3);
  EXPECT_EQ(BoundedEditDistance(U"", U"abc", 3), 3);
  EXPECT_EQ(BoundedEditDistance(U"kitten", U"sitting", 1000000), 3);
}

TEST(EditDistanceTest, AgreesWithTheDefinition) {
  const auto seed = FreshSeed();
  SCOPED_TRACE(seed);
  Random random(seed);
  std::vector<int> seen(5);
  for (int i = 0; i < 200000; ++i) {
    // Few letters, so that matches and swaps are common; often one word is an edit of the other.
    const auto letter = [&] { return static_cast<char32_t>(U'a' + Below(&random, 3)); };
    std::u32string a;
    for (std::size_t n = Below(&random, 14); n > 0; --n) a.push_back(letter());
    std::u32string b = a;
    for (std::size_t n = Below(&random, 5); n > 0; --n) {
      const std::size_t at = Below(&random, b.size() + 1);
      switch (Below(&random, 3)) {
        case 0:
          b.insert(at, 1, letter());
          break;
        case 1:
          b.erase(at, 1);
          break;
        default:
          if (at + 1 < b.size()) std::swap(b[at], b[at + 1]);
      }
    }
    const int limit = static_cast<int>(Below(&random, 5));
    const int expected = std::min(NaiveDistance(a, b), limit + 1);
    ASSERT_EQ(BoundedEditDistance(a, b, limit), expected)
        << ::testing::PrintToString(a) << ' ' << ::testing::PrintToString(b) << ' ' << limit;
    ASSERT_EQ(BoundedEditDistance(b, a, limit), expected);
    if (expected < 5) ++seen[expected];
  }
  for (const int count : seen) EXPECT_GT(count, 1000);
}

TEST(EditDistanceTest, TakesLongWords) {
  const std::u32string a(5000, U'a');
  std::u32string b = a;
  b[17] = U'b';
  b.insert(2500, 1, U'c');
  EXPECT_EQ(BoundedEditDistance(a, b, 2), 2);
  EXPECT_EQ(BoundedEditDistance(a, b, 1), 2);
}

}  // namespace
}  // namespace aisle
