// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/family_index.h"

#include <algorithm>
#include <set>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/seed.h"
#include "text/word_family.h"

namespace aisle {
namespace {

const LocaleInfo& English() { return *FindLocale("en"); }

std::set<std::string> Found(const FamilyIndex& index, const Dictionary& terms,
                            std::string_view word) {
  std::set<std::string> found;
  for (const uint32_t term : index.Find(word, English())) found.insert(std::string(terms.At(term)));
  return found;
}

TEST(FamilyIndexTest, FindsWhatComparingAllFinds) {
  std::mt19937_64 random(TestSeed());
  Dictionary terms;
  const FamilyIndex index(terms);
  std::set<std::string> all;
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 200; ++i) {
      std::string word = "lamp";
      word[random() % 4] = static_cast<char>('a' + random() % 26);
      constexpr const char* kEndings[] = {"", "s", "ed", "ing", "er"};
      word += kEndings[random() % std::size(kEndings)];
      terms.Add(word);
      all.insert(word);
    }
    for (const std::string& word : all) {
      if (random() % 20 != 0) continue;
      std::set<std::string> same;
      for (const std::string& other : all) {
        if (other != word && FamilyOf(other, English()) == FamilyOf(word, English()))
          same.insert(other);
      }
      const std::set<std::string> found = Found(index, terms, word);
      ASSERT_EQ(found.size(), std::min(same.size(), FamilyIndex::kFormsMax)) << word;
      ASSERT_TRUE(std::includes(same.begin(), same.end(), found.begin(), found.end())) << word;
    }
  }
}

TEST(FamilyIndexTest, ManyNewTermsAreNotWaitedFor) {
  Dictionary terms;
  terms.Add("lamp");
  const FamilyIndex index(terms);
  ASSERT_TRUE(Found(index, terms, "lamp").empty());
  for (uint32_t i = 0; i < 3 * FamilyIndex::kFewTerms; ++i) terms.Add("word" + std::to_string(i));
  terms.Add("lamps");
  EXPECT_TRUE(Found(index, terms, "lamp").empty());
  int steps = 1;
  while (!index.TakeIn(English())) ++steps;
  EXPECT_EQ(steps, 4);
  EXPECT_EQ(Found(index, terms, "lamp"), std::set<std::string>{"lamps"});
  terms.Add("lamped");
  EXPECT_EQ(Found(index, terms, "lamp"), (std::set<std::string>{"lamped", "lamps"}));
}

// Two that take in what is new side by side, and one that asks.
TEST(FamilyIndexTest, TakesInByManyThreads) {
  Dictionary terms;
  for (uint32_t i = 0; i < 20 * FamilyIndex::kFewTerms; ++i) terms.Add("word" + std::to_string(i));
  terms.Add("lamp");
  terms.Add("lamps");
  const FamilyIndex index(terms);
  std::thread one([&] {
    while (!index.TakeIn(English())) {
    }
  });
  for (int i = 0; i < 1000; ++i) index.Find("lamp", English());
  while (!index.TakeIn(English())) {
  }
  one.join();
  EXPECT_EQ(Found(index, terms, "lamp"), std::set<std::string>{"lamps"});
}

}  // namespace
}  // namespace aisle
