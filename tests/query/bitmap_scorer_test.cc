// SPDX-License-Identifier: GPL-3.0-or-later
//
// The best of a segment's matches, found by classes, windows and bounds, are those of a plain scan;
// their scores have the same bits, for whatever processor the function was compiled.
#include "query/bitmap_scorer.h"

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "indexer/posting_store.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using Random = std::mt19937;

constexpr uint32_t kDocuments = 200'000;  // enough for words to be split
constexpr uint32_t kAllFields = 7;
constexpr size_t kHits = 10;

// Words of which most postings have the code 0, and how long the documents are.
class FrequentWords {
 public:
  FrequentWords(Random& random, size_t words) : random_(random), matches_(kDocuments, true) {
    FieldPatternsBuilder patterns;
    for (uint32_t mask = 1; mask <= kAllFields; ++mask) {
      for (uint8_t frequency = 1; frequency <= 3; ++frequency) {
        const std::array<uint8_t, 3> frequencies = {frequency, 1, frequency};
        patterns.Add(mask, frequencies.data());
      }
    }
    const uint32_t codes = patterns.Size();
    std::vector<uint32_t> final_codes;
    PostingStoreBuilder builder(patterns.Build(&final_codes), kDocuments);
    for (size_t word = 0; word < words; ++word) AddWord(word, codes, &builder);
    store_ = builder.Build();
    std::vector<uint32_t> lengths(kDocuments);
    for (uint32_t& length : lengths) length = 20 + static_cast<uint32_t>(random_() % 300);
    lengths_ = PackedArray(lengths);
    for (size_t word = 0; word < words; ++word) {
      const WordPostings::List list{store_.Find(static_cast<TermId>(word)), kAllFields, 1, false};
      WordWeights weights{};
      for (size_t bit = 0; bit < 3; ++bit)
        weights[bit] = static_cast<double>(random_() % 800) / 100;
      words_.push_back({list.postings, PostingScores(list, weights, Saturation(), SIZE_MAX)});
    }
  }

  // Leaves about one match in so many.
  void Thin(uint32_t share) {
    DocSet kept(kDocuments);
    matches_.ForEach([&](DocId doc) {
      if (random_() % share == 0) kept.Set(doc);
    });
    matches_ = std::move(kept);
  }

  BitmapMatches Matches(double share) const {
    return {matches_, matches_.Count(), words_, share, lengths_, 20};
  }
  double ScoreOf(DocId doc, double share) const {
    double score = 0;
    for (size_t word = 0; word < words_.size(); ++word) {
      score += words_[word].scores.Of(codes_[word][doc], static_cast<uint32_t>(lengths_[doc]));
    }
    return score * share;
  }

 private:
  static const SaturationTable& Saturation() { return SaturationTable::For(170, {}); }

  void AddWord(size_t word, uint32_t codes, PostingStoreBuilder* builder) {
    std::vector<DocId> docs;
    std::vector<uint32_t> of_docs;
    std::vector<uint32_t>& by_doc = codes_.emplace_back(kDocuments, 0);
    DocSet set(kDocuments);
    for (DocId doc = 0; doc < kDocuments; ++doc) {
      if (random_() % 8 == 0) continue;
      by_doc[doc] = random_() % 3 != 0 ? 0 : static_cast<uint32_t>(random_() % codes);
      docs.push_back(doc);
      of_docs.push_back(by_doc[doc]);
      set.Set(doc);
    }
    builder->Add(static_cast<TermId>(word), docs, of_docs);
    matches_.And(set);
  }

  Random& random_;
  DocSet matches_;
  std::vector<std::vector<uint32_t>> codes_;  // by word, by document
  PostingStore store_;
  PackedArray lengths_;
  std::vector<BitmapWord> words_;
};

TEST(BitmapScorer, TheBestAreThoseOfAPlainScan) {
  Random random(TestSeed());
  for (const size_t count : {1u, 2u, 3u, 5u}) {
    FrequentWords words(random, count);
    // All of them (many classes), and so few that there is one class.
    for (const uint32_t thinned : {1u, 4u, 40u}) {
      words.Thin(thinned);
      const double share = 1.0 / static_cast<double>(1 + random() % 3);
      const BitmapMatches matches = words.Matches(share);
      ASSERT_EQ(matches.words.front().postings.postings().others().empty(), false);
      TopHits top(kHits);
      AddBestOfBitmaps(matches, 7, &top);
      std::vector<TopHits::Hit> expected;
      matches.docs.ForEach([&](DocId doc) {
        expected.push_back({words.ScoreOf(doc, share), 7, doc});
      });
      std::stable_sort(expected.begin(), expected.end(),
                       [](const auto& a, const auto& b) { return a.rank > b.rank; });
      // Ties of the last one are among the best too.
      size_t end = kHits;
      while (end < expected.size() && expected[end].rank == expected[kHits - 1].rank) ++end;
      expected.resize(end);
      std::sort(expected.begin(), expected.end(),
                [](const auto& a, const auto& b) { return a.doc < b.doc; });
      const std::vector<TopHits::Hit> found = top.Take();
      ASSERT_EQ(found.size(), expected.size()) << count << " words, thinned by " << thinned;
      for (size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].doc, expected[i].doc);
        EXPECT_EQ(found[i].rank, expected[i].rank);
      }
    }
  }
}

}  // namespace
}  // namespace aisle
