// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store of random lists of every shape (short, blocks, bitmaps) answers as plain vectors do.
#include "indexer/posting_store.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

using Random = std::mt19937;

struct PlainList {
  std::vector<DocId> docs;
  std::vector<uint32_t> codes;
};

// Patterns of up to three fields.
FieldPatterns MakePatterns(uint32_t count) {
  FieldPatternsBuilder builder;
  for (uint32_t i = 0; builder.Size() < count; ++i) {
    const uint32_t mask = i % 7 + 1;
    const std::array<uint8_t, 3> frequencies = {static_cast<uint8_t>(i / 7 % 250 + 1),
                                                static_cast<uint8_t>(i / 1750 % 250 + 1), 1};
    builder.Add(mask, frequencies.data());
  }
  std::vector<uint32_t> final_codes;
  return builder.Build(&final_codes);
}

PlainList MakeList(Random& random, uint32_t documents, uint32_t share, uint32_t codes) {
  PlainList list;
  for (DocId doc = 0; doc < documents; ++doc) {
    if (random() % share != 0) continue;
    list.docs.push_back(doc);
    // Most words mostly stand in the same field.
    const bool is_common = random() % 3 != 0;
    list.codes.push_back(is_common ? 0 : static_cast<uint32_t>(random() % codes));
  }
  return list;
}

class PostingStoreTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  PostingStoreTest() : random_(TestSeed()) {
    const uint32_t documents = GetParam();
    FieldPatterns patterns = MakePatterns(kCodes);
    PostingStoreBuilder builder(patterns, documents);
    TermId term = 3;
    for (uint32_t share : {1u, 2u, 5u, 20u, 33u, 40u, 100u, 700u, 3000u}) {
      for (uint32_t codes : {1u, 200u, kCodes}) {
        const PlainList list = MakeList(random_, documents, share, codes);
        if (list.docs.empty()) continue;
        builder.Add(term, list.docs, list.codes);
        plain_[term] = list;
        term += 1 + static_cast<TermId>(random_() % 3);
      }
    }
    store_ = builder.Build();
  }

  // Some documents, ascending, of every density.
  std::vector<DocId> SomeDocuments() {
    std::vector<DocId> docs;
    const uint32_t share = 1 + static_cast<uint32_t>(random_() % 200);
    for (DocId doc = 0; doc < GetParam(); ++doc) {
      if (random_() % share == 0) docs.push_back(doc);
    }
    return docs;
  }

  static constexpr uint32_t kCodes = 900;
  Random random_;
  std::map<TermId, PlainList> plain_;
  PostingStore store_;
};

TEST_P(PostingStoreTest, ListsComeBack) {
  ASSERT_EQ(store_.terms().size(), plain_.size());
  for (const auto& [term, plain] : plain_) {
    const PostingList list = store_.Find(term);
    ASSERT_EQ(list.size(), plain.docs.size());
    std::vector<DocId> docs = {7};
    list.AppendTo(&docs);
    docs.erase(docs.begin());
    EXPECT_EQ(docs, plain.docs);
    size_t i = 0;
    list.ForEach([&](DocId doc, uint32_t position) {
      ASSERT_EQ(position, i);
      ASSERT_EQ(doc, plain.docs[i]);
      ASSERT_EQ(list.Code(position), plain.codes[i]);
      ++i;
    });
    EXPECT_EQ(i, plain.docs.size());
    DocSet set(GetParam());
    list.OrInto(&set);
    EXPECT_EQ(set.Count(), plain.docs.size());
    for (const DocId doc : plain.docs) ASSERT_TRUE(set.Test(doc));
  }
}

TEST_P(PostingStoreTest, IntersectionIsThatOfPlainVectors) {
  for (const auto& [term, plain] : plain_) {
    const PostingList list = store_.Find(term);
    for (int round = 0; round < 6; ++round) {
      const std::vector<DocId> docs = SomeDocuments();
      std::vector<uint32_t> kept, positions, kept_alone;
      list.Intersect(docs, &kept, &positions);
      list.Intersect(docs, &kept_alone, nullptr);
      EXPECT_EQ(kept, kept_alone);
      std::vector<DocId> expected;
      std::set_intersection(docs.begin(), docs.end(), plain.docs.begin(), plain.docs.end(),
                            std::back_inserter(expected));
      ASSERT_EQ(kept.size(), expected.size());
      ASSERT_EQ(positions.size(), expected.size());
      for (size_t i = 0; i < kept.size(); ++i) {
        ASSERT_EQ(docs[kept[i]], expected[i]);
        ASSERT_EQ(plain.docs[positions[i]], expected[i]);
      }
    }
  }
}

TEST_P(PostingStoreTest, FieldCountsAreThoseOfTheCodes) {
  constexpr uint32_t kMask = 5;
  for (const auto& [term, plain] : plain_) {
    std::array<uint64_t, 32> counts{}, expected{};
    store_.Find(term).AddFieldCounts(kMask, counts.data());
    for (const uint32_t code : plain.codes) {
      for (size_t bit = 0; bit < 32; ++bit) {
        expected[bit] += (store_.patterns().Mask(code) & kMask) >> bit & 1;
      }
    }
    EXPECT_EQ(counts, expected);
  }
}

// Where a list is split by codes, one code is that of at least half of its documents.
TEST_P(PostingStoreTest, OthersHaveOtherCodesThanMost) {
  for (const auto& [term, plain] : plain_) {
    const PostingList list = store_.Find(term);
    std::map<uint32_t, size_t> uses;  // of a code
    for (const uint32_t code : plain.codes) ++uses[code];
    const auto common = std::max_element(
        uses.begin(), uses.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    const size_t others = plain.docs.size() - common->second;
    if (!list.is_bitmap() || others == 0 || others > plain.docs.size() / 2) {
      EXPECT_TRUE(list.others().empty());
      continue;
    }
    ASSERT_EQ(list.others().size(), list.words().size());
    EXPECT_EQ(uses[list.common_code()], common->second);
    DocSet expected(GetParam());
    for (size_t i = 0; i < plain.docs.size(); ++i) {
      if (plain.codes[i] != list.common_code()) expected.Set(plain.docs[i]);
    }
    EXPECT_TRUE(std::equal(list.others().begin(), list.others().end(), expected.words().begin()));
  }
}

TEST_P(PostingStoreTest, UnknownTermsAreEmpty) {
  for (TermId term = 0; term < store_.terms().back() + 5; ++term) {
    EXPECT_EQ(store_.Find(term).size() > 0, plain_.contains(term));
  }
  EXPECT_EQ(PostingStore().Find(3).size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Sizes, PostingStoreTest, ::testing::Values(1, 63, 130, 2047, 5000, 40000));

}  // namespace
}  // namespace aisle
