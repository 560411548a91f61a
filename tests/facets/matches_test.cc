// SPDX-License-Identifier: GPL-3.0-or-later
//
// Matches read block by block are all matches, in order, whether they were found as a list or as a
// bitmap, few or many.
#include "facets/matches.h"

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

std::vector<DocId> Blocks(const Matches& matches, const uint32_t* soon) {
  std::vector<DocId> all;
  matches.ForEachBlock(soon, [&](std::span<const DocId> docs) {
    EXPECT_FALSE(docs.empty());
    EXPECT_LE(docs.size(), DocSet::kBlockMax);
    all.insert(all.end(), docs.begin(), docs.end());
  });
  return all;
}

TEST(Matches, BlocksAreTheList) {
  std::mt19937 random(TestSeed());
  for (int round = 0; round < 200; ++round) {
    const auto size = static_cast<uint32_t>(random() % 20'000);
    const auto share = uint32_t{1} << (random() % 12);
    std::vector<DocId> docs;
    DocSet set(size);
    for (DocId doc = 0; doc < size; ++doc) {
      if (random() % share != 0) continue;
      docs.push_back(doc);
      set.Set(doc);
    }
    const std::vector<uint32_t> by_document(size);
    const Matches list(docs), bitmap(std::move(set));
    EXPECT_EQ(Blocks(list, by_document.data()), docs);
    EXPECT_EQ(Blocks(bitmap, by_document.data()), docs);
    EXPECT_EQ(std::vector<DocId>(bitmap.list().begin(), bitmap.list().end()), docs);
    EXPECT_EQ(Blocks(bitmap, by_document.data()), docs);  // of the list that is there now
  }
}

TEST(Matches, SeveralThreadsMayAskForTheList) {
  std::mt19937 random(TestSeed());
  for (int round = 0; round < 50; ++round) {
    const uint32_t size = 100'000;
    DocSet set(size);
    for (int i = 0; i < 5'000; ++i) set.Set(static_cast<DocId>(random() % size));
    std::vector<DocId> docs;
    set.AppendTo(&docs);
    const Matches matches(std::move(set));
    const std::vector<uint32_t> by_document(size);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader) {
      readers.emplace_back([&, reader] {
        const auto list = matches.list();
        const bool is_same = std::equal(list.begin(), list.end(), docs.begin(), docs.end());
        if (!is_same || (reader % 2 == 0 && Blocks(matches, by_document.data()) != docs)) ++wrong;
      });
    }
    for (std::thread& reader : readers) reader.join();
    ASSERT_EQ(wrong, 0) << "seed " << TestSeed();
  }
}

}  // namespace
}  // namespace aisle
