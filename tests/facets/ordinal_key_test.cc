// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys stand in the order of their texts while the dictionary grows, whether a value has a rank
// already, has none yet, or is no value at all.
#include "facets/ordinal_key.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

TEST(OrdinalKey, StandsWhereItsTextDoes) {
  std::mt19937 random(TestSeed());
  ValueDictionary dictionary;
  const std::vector<std::string> unknown = {"value 17x", "", "z"};
  for (int round = 0; round < 60; ++round) {
    for (auto added = random() % 40; added > 0; --added) {
      dictionary.Add("value " + std::to_string(random() % 100'000));
    }
    const OrdinalKeys keys(dictionary);
    dictionary.Add("value new in round " + std::to_string(round));
    const auto random_key = [&] {
      if (random() % 8 == 0) return keys.Of(unknown[random() % unknown.size()]);
      if (random() % 8 == 0) return keys.Of(dictionary.size() - 1);
      return keys.Of(static_cast<uint32_t>(random() % dictionary.size()));
    };
    for (int pair = 0; pair < 200; ++pair) {
      const OrdinalKey a = random_key(), b = random_key();
      EXPECT_EQ(a < b, a.text() < b.text()) << a.text() << ", " << b.text();
      EXPECT_EQ(a == b, a.text() == b.text()) << a.text() << ", " << b.text();
    }
  }
}

TEST(OrdinalKey, MostValuesHaveRanks) {
  ValueDictionary dictionary;
  for (int i = 0; i < 1000; ++i) dictionary.Add(std::to_string(i));
  const auto ranks = dictionary.TextRanks();
  EXPECT_EQ(ranks->size(), dictionary.size());
  for (int i = 0; i < 100; ++i) dictionary.Add("x" + std::to_string(i));
  EXPECT_EQ(dictionary.TextRanks(), ranks);  // too few are new to rank all anew
  for (int i = 0; i < 100; ++i) dictionary.Add("y" + std::to_string(i));
  EXPECT_EQ(dictionary.TextRanks()->size(), dictionary.size());
}

}  // namespace
}  // namespace aisle
