// SPDX-License-Identifier: GPL-3.0-or-later
//
// The best of a list of matches, found chunk by chunk and by bounds, are those of a plain scan;
// their scores have the same bits.
#include "query/list_scorer.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/query/random_words.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

constexpr size_t kHits = 10;

// Of many matches and of fewer than are scored at a time; where the places of the first word are
// known, and where they are not.
void ExpectBestOfPlainScan(RandomWords::Random& random, const RandomWordsOptions& options) {
  RandomWords words(random, options);
  std::vector<ListWord> lists = words.ListWords();
  for (const uint32_t thinned : {1u, 4u, 40u}) {
    words.Thin(thinned);
    std::vector<DocId> docs;
    words.matches().AppendTo(&docs);
    const double share = 1.0 / static_cast<double>(1 + random() % 3);
    std::vector<uint32_t> kept, positions;
    if (options.lists == 1) lists.front().postings.Intersect(docs, &kept, &positions);
    for (const bool is_known : {false, true}) {
      if (is_known && options.lists > 1) continue;
      SCOPED_TRACE(::testing::Message()
                   << options.words << " words of " << options.lists << " lists, " << docs.size()
                   << " documents" << (is_known ? ", places known" : ""));
      lists.front().positions =
          is_known ? std::span<const uint32_t>(positions) : std::span<const uint32_t>();
      TopHits top(kHits);
      AddBestOfList({docs, lists, share, words.lengths(), RandomWords::kShortest}, 7, &top);
      EXPECT_EQ(top.Take(), words.BestOfPlainScan(kHits, share, 7));
    }
  }
}

TEST(ListScorer, TheBestAreThoseOfAPlainScan) {
  RandomWords::Random random(TestSeed());
  for (const size_t count : {1u, 2u, 4u}) {
    // In bitmaps, in blocks, and in lists shorter than a block.
    for (const uint32_t share : {2u, 8u, 100u, 400u}) {
      ExpectBestOfPlainScan(random, {.documents = 20'000, .words = count, .share = share});
    }
  }
}

TEST(ListScorer, TheBestBySeveralListsAreThoseOfAPlainScan) {
  RandomWords::Random random(TestSeed());
  for (const size_t lists : {2u, 3u, 8u}) {
    for (const uint32_t share : {2u, 20u}) {
      ExpectBestOfPlainScan(random,
                            {.documents = 20'000, .words = 1, .lists = lists, .share = share});
      ExpectBestOfPlainScan(random,
                            {.documents = 20'000, .words = 3, .lists = lists, .share = share});
    }
  }
}

}  // namespace
}  // namespace aisle
