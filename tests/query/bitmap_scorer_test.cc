// SPDX-License-Identifier: GPL-3.0-or-later
//
// The best of a segment's matches, found by classes, windows and bounds, are those of a plain scan;
// their scores have the same bits, for whatever processor the function was compiled.
#include "query/bitmap_scorer.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/query/random_words.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

constexpr size_t kHits = 10;

// All matches (many classes), and so few that there is one class.
void ExpectBestOfPlainScan(RandomWords::Random& random, const RandomWordsOptions& options) {
  RandomWords words(random, options);
  const std::vector<BitmapWord> bitmaps = words.BitmapWords();
  for (const uint32_t thinned : {1u, 4u, 40u}) {
    SCOPED_TRACE(::testing::Message() << options.words << " words of " << options.lists
                                      << " lists, thinned by " << thinned);
    words.Thin(thinned);
    const double share = 1.0 / static_cast<double>(1 + random() % 3);
    TopHits top(kHits);
    AddBestOfBitmaps({words.matches(), words.matches().Count(), bitmaps, share, words.lengths(),
                      RandomWords::kShortest},
                     7, &top);
    EXPECT_EQ(top.Take(), words.BestOfPlainScan(kHits, share, 7));
  }
}

TEST(BitmapScorer, TheBestAreThoseOfAPlainScan) {
  RandomWords::Random random(TestSeed());
  for (const size_t count : {1u, 2u, 3u, 5u}) ExpectBestOfPlainScan(random, {.words = count});
}

TEST(BitmapScorer, TheBestBySeveralListsAreThoseOfAPlainScan) {
  RandomWords::Random random(TestSeed());
  for (const size_t lists : {2u, 3u}) {
    for (const uint32_t share : {1u, 4u}) {
      ExpectBestOfPlainScan(random, {.words = 1, .lists = lists, .share = share});
      ExpectBestOfPlainScan(random, {.words = 3, .lists = lists, .share = share});
    }
  }
}

}  // namespace
}  // namespace aisle
