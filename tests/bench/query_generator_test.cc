// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/catalog_generator/query_generator.h"

#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "tests/bench/small_catalog.h"

namespace aisle::bench {
namespace {

class QueryGeneratorTest : public testing::Test {
 protected:
  SmallCatalog catalog_{2000};
  ReferenceIndex index_ = catalog_.Index();
};

TEST_F(QueryGeneratorTest, TextQueriesMatchAndHaveOneToFourWords) {
  QueryGenerator generator(index_, 1);
  for (int i = 0; i < 200; ++i) {
    const Query query = generator.Text();
    const size_t words = SplitWords(query.words).size();
    EXPECT_TRUE(words >= 1 && words <= 4) << query.words;
    EXPECT_FALSE(index_.Match(query.words).empty()) << query.words;
  }
}

TEST_F(QueryGeneratorTest, RefinedQueriesChooseInThreeFacets) {
  QueryGenerator generator(index_, 1);
  for (int i = 0; i < 50; ++i) {
    const Query query = generator.Refined();
    EXPECT_TRUE(query.brands.size() == 1 || query.brands.size() == 2);
    EXPECT_TRUE(index_.facet("category_top").ordinal_of.contains(query.category_top));
    EXPECT_TRUE(index_.facet("color").ordinal_of.contains(query.color));
  }
}

TEST_F(QueryGeneratorTest, ATypoIsNoWordButOneEditFromOne) {
  QueryGenerator generator(index_, 1);
  for (int i = 0; i < 100; ++i) {
    const Query query = generator.Typo();
    EXPECT_EQ(index_.Find(query.words), nullptr);
    EXPECT_NE(index_.Find(query.expected), nullptr);
    EXPECT_TRUE(WithinOneEdit(query.words, query.expected)) << query.ToLine();
  }
}

TEST_F(QueryGeneratorTest, FiltersMatchAndPrefixesAreShort) {
  QueryGenerator generator(index_, 1);
  const Work by_price = {.kind = WorkKind::kByPrice};
  for (int i = 0; i < 50; ++i) {
    EXPECT_GT(index_.Run(by_price, generator.Filter()).matches, 0u);
    const size_t letters = generator.Prefix().words.size();
    EXPECT_TRUE(letters >= 1 && letters <= 3);
  }
}

TEST_F(QueryGeneratorTest, SameSeedWritesTheSameQueriesForEachWork) {
  ASSERT_TRUE(QueryGenerator(index_, 5).WriteAll(catalog_.folder()).ok());
  std::vector<std::vector<Query>> first;
  for (const Work& work : AllWorks()) {
    const auto queries = QueriesOf(work, catalog_.folder());
    ASSERT_TRUE(queries.ok()) << queries.status();
    first.push_back(*queries);
  }
  ASSERT_TRUE(QueryGenerator(index_, 5).WriteAll(catalog_.folder()).ok());
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(*QueriesOf(AllWorks()[i], catalog_.folder()), first[i]);
  }
}

TEST_F(QueryGeneratorTest, SynonymsAreWordsThatThereAre) {
  ASSERT_TRUE(QueryGenerator(index_, 5).WriteAll(catalog_.folder()).ok());
  const auto pairs = ReadSynonyms(catalog_.folder());
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  EXPECT_EQ(pairs->size(), 100);
  std::set<std::string> words;
  for (const auto& [a, b] : *pairs) {
    for (const std::string& word : {a, b}) {
      EXPECT_NE(index_.Find(word), nullptr) << word;
      EXPECT_TRUE(words.insert(word).second) << word;
    }
  }
}

TEST(QueryTest, IsReadAsItWasWritten) {
  const Query query = {.words = "red lamp",
                       .brands = {"A", "B"},
                       .category_top = "Home",
                       .color = "red",
                       .price_cents = {{100, 250}},
                       .expected = "lamp"};
  EXPECT_EQ(*Query::FromLine(query.ToLine()), query);
  EXPECT_EQ(*Query::FromLine(Query().ToLine()), Query());
  EXPECT_FALSE(Query::FromLine("a\t\t\t\tcheap\t2").ok());
  EXPECT_FALSE(Query::FromLine("1\t2\t3\t4\t5\t6\t7\t8").ok());
}

}  // namespace
}  // namespace aisle::bench
