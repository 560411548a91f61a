// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cache gives back what was put under a document's number, or nothing: never the text of
// another document that has its place; whoever else reads, writes and expects meanwhile.
#include "indexer/document_cache.h"

#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

std::string TextOf(DocId doc) {
  return fmt::format("text of document {}{}", doc, std::string(doc % 200, 'x'));
}

TEST(DocumentCache, GivesBackWhatWasPut) {
  DocumentCache cache(10);
  EXPECT_EQ(cache.Find(5), std::nullopt);
  cache.Expect(std::vector<DocId>{5, 6});
  cache.Add(5, TextOf(5));
  EXPECT_EQ(cache.Find(5), TextOf(5));
  EXPECT_EQ(cache.Find(6), std::nullopt);
  cache.Add(6, std::string(1 << 20, 'x'));  // too large to be kept
  EXPECT_EQ(cache.Find(6), std::nullopt);
}

TEST(DocumentCache, KeepsAllOfAFewThousandThatFollowEachOther) {
  constexpr DocId kDocuments = 20'000;
  DocumentCache cache(kDocuments);
  for (DocId doc = 0; doc < kDocuments; ++doc) cache.Add(doc, TextOf(doc));
  for (DocId doc = 0; doc < kDocuments; ++doc) ASSERT_EQ(cache.Find(doc), TextOf(doc));
}

TEST(DocumentCache, NeverGivesTheTextOfAnother) {
  DocumentCache cache(1'000'000);
  const uint32_t seed = TestSeed();
  std::atomic<int> wrong = 0, found = 0;
  std::vector<std::thread> threads;
  for (uint32_t t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937 random(seed + t);
      for (int i = 0; i < 20'000; ++i) {
        // A few, of which many have the same place.
        const auto doc = static_cast<DocId>(random() % 20 * 32'768 + random() % 20);
        cache.Expect(std::vector<DocId>{doc, doc + 1});
        if (const auto text = cache.Find(doc)) {
          ++found;
          wrong += *text != TextOf(doc);
        } else {
          cache.Add(doc, TextOf(doc));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(found, 0);
}

}  // namespace
}  // namespace aisle
