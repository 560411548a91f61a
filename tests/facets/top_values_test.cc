// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/top_values.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<int> KeysOf(TopValues<int>& top) {
  std::vector<int> keys;
  for (const auto& value : top.Take()) keys.push_back(value.key);
  return keys;
}

TEST(TopValues, MostFirstThenTheSmallerKey) {
  TopValues<int> top(3, FacetOrder::kCount);
  for (const auto& [key, count] : {std::pair(5, 1), {4, 7}, {3, 2}, {9, 2}, {2, 2}}) {
    top.Offer(key, static_cast<uint64_t>(count));
  }
  EXPECT_THAT(KeysOf(top), ElementsAre(4, 2, 3));
}

TEST(TopValues, ByKeyWhateverTheCount) {
  TopValues<int> top(2, FacetOrder::kAlphabetical);
  top.Offer(5, 100);
  top.Offer(1, 1);
  top.Offer(3, 50);
  EXPECT_THAT(KeysOf(top), ElementsAre(1, 3));
}

TEST(TopValues, PinnedOnesAreListedOnceInTheirPlace) {
  TopValues<int> top(1, FacetOrder::kCount);
  top.Pin(8, 4);
  top.Pin(8, 4);
  top.Pin(7, 0);
  top.Pin(6, 9);
  top.Offer(6, 9);
  top.Offer(5, 5);
  top.Offer(8, 4);
  const auto values = top.Take();
  ASSERT_EQ(values.size(), 3u);
  EXPECT_EQ(values[0].key, 6);
  EXPECT_TRUE(values[0].pinned);
  EXPECT_EQ(values[1].key, 8);
  EXPECT_EQ(values[2].key, 7);
}

TEST(TopValues, ALimitOfNothingKeepsOnlyThePinned) {
  TopValues<int> top(0, FacetOrder::kCount);
  top.Offer(1, 1);
  EXPECT_THAT(KeysOf(top), IsEmpty());
  top.Pin(2, 1);
  EXPECT_THAT(KeysOf(top), ElementsAre(2));
}

}  // namespace
}  // namespace aisle
