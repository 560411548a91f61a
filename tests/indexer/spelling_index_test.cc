// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/spelling_index.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"
#include "text/edit_distance.h"
#include "text/utf8.h"

namespace aisle {
namespace {

// Words of few different letters resemble each other; now and then one of `alphabet` letters.
std::string RandomWord(std::mt19937_64& random, uint32_t alphabet) {
  std::string word;
  for (uint64_t length = random() % 12; length > 0; --length) {
    const uint64_t letters = random() % 8 == 0 ? alphabet : 4;
    AppendChar(static_cast<char32_t>(U'a' + random() % letters), &word);
  }
  return word;
}

using Found = std::vector<std::pair<uint32_t, int>>;

Found ByComparingAll(const Dictionary& terms, std::string_view word, int distance) {
  Found found;
  for (uint32_t term = 0; term < terms.size(); ++term) {
    const int edits = BoundedEditDistance(DecodeText(word), DecodeText(terms.At(term)), distance);
    if (edits <= distance) found.emplace_back(term, edits);
  }
  return found;
}

TEST(SpellingIndexTest, FindsWhatComparingAllFinds) {
  std::mt19937_64 random(TestSeed());
  for (const uint32_t alphabet : {4u, 26u, 2000u}) {
    Dictionary terms;
    const SpellingIndex index(terms);
    for (int round = 0; round < 4; ++round) {
      for (int i = 0; i < 1500; ++i) terms.Add(RandomWord(random, alphabet));
      for (int i = 0; i < 40; ++i) {
        const std::string word = RandomWord(random, alphabet);
        for (const int distance : {1, 2}) {
          Found found;
          for (const auto& near : index.Find(word, distance)) {
            found.emplace_back(near.term, near.distance);
          }
          std::sort(found.begin(), found.end());
          ASSERT_EQ(found, ByComparingAll(terms, word, distance)) << word << " " << distance;
        }
      }
    }
  }
}

TEST(SpellingIndexTest, LongTermsHaveNoNeighbours) {
  Dictionary terms;
  terms.Add(std::string(SpellingIndex::kLettersMax, 'a'));
  terms.Add(std::string(SpellingIndex::kLettersMax + 1, 'a'));
  const SpellingIndex index(terms);
  EXPECT_EQ(index.Find(std::string(SpellingIndex::kLettersMax, 'a'), 2).size(), 1u);
  EXPECT_TRUE(index.Find(std::string(SpellingIndex::kLettersMax + 1, 'a'), 2).empty());
}

TEST(SpellingIndexTest, ManyNewTermsAreNotWaitedFor) {
  Dictionary terms;
  terms.Add("lamp");
  const SpellingIndex index(terms);
  ASSERT_EQ(index.Find("lamp", 1).size(), 1u);
  for (uint32_t i = 0; i < 3 * SpellingIndex::kFewTerms; ++i) terms.Add(std::to_string(i));
  terms.Add("lamps");
  EXPECT_EQ(index.Find("lamp", 1).size(), 1u);
  while (!index.TakeIn()) {
  }
  EXPECT_EQ(index.Find("lamp", 1).size(), 2u);
  terms.Add("lump");
  EXPECT_EQ(index.Find("lamp", 1).size(), 3u);
}

}  // namespace
}  // namespace aisle
