// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reference executor against a scan over all products that knows no index.
#include "bench/reference_executor/reference_index.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "bench/catalog_generator/query_generator.h"
#include "tests/bench/small_catalog.h"

namespace aisle::bench {
namespace {

constexpr int kQueries = 30;

// Whether each word stands between two blanks.
bool HasAllWords(const Product& product, const std::string& words) {
  const std::vector<std::string> asked = SplitWords(words);
  if (asked.empty()) return true;
  std::string text = " ";
  ForEachWord(product.SearchedText(), [&](const std::string& word) { text += word + " "; });
  return std::all_of(asked.begin(), asked.end(), [&](const std::string& word) {
    return text.find(" " + word + " ") != std::string::npos;
  });
}

// Whether the product passes the selections of `query` but that of facet `lifted`.
bool PassesBut(const Product& product, const Query& query, std::string_view lifted) {
  const bool brand = lifted == "brand" || query.brands.empty() ||
                     std::count(query.brands.begin(), query.brands.end(), product.brand) > 0;
  const bool category = lifted == "category" || query.category_top.empty() ||
                        product.CategoryTop() == query.category_top;
  const bool color = lifted == "color" || query.color.empty() || product.color == query.color;
  return brand && category && color;
}

std::vector<std::string> ValuesOf(const Product& product, std::string_view facet) {
  if (facet == "brand") return {product.brand};
  if (facet == "category") return {product.category};
  if (facet == "color") return {product.color};
  if (facet == "sizes") return product.sizes;
  if (facet == "rating") return {product.RatingText()};
  return {product.in_stock ? "true" : "false"};
}

std::vector<FacetCount> CountByScan(const std::vector<Product>& products, const Query& query,
                                    std::string_view facet) {
  std::map<std::string, uint32_t> counts;
  for (const Product& product : products) {
    if (!HasAllWords(product, query.words) || !PassesBut(product, query, facet)) continue;
    for (const std::string& value : ValuesOf(product, facet)) ++counts[value];
  }
  std::vector<FacetCount> sorted;
  for (const auto& [value, count] : counts) sorted.push_back({value, count});
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const FacetCount& a, const FacetCount& b) { return a.count > b.count; });
  if (sorted.size() > 10) sorted.resize(10);
  return sorted;
}

class ReferenceIndexTest : public testing::Test {
 protected:
  void ExpectAsByScan(const Work& work, const Query& query) const {
    uint64_t matches = 0;
    for (const Product& product : catalog_.products()) {
      matches += HasAllWords(product, query.words) && PassesBut(product, query, "");
    }
    const ReferenceAnswer answer = index_.Run(work, query);
    EXPECT_EQ(answer.matches, matches) << query.ToLine();
    EXPECT_EQ(answer.hits.size(), std::min<uint64_t>(matches, 10));
    for (size_t i = 0; i < work.facets.size(); ++i) {
      EXPECT_EQ(answer.facets[i], CountByScan(catalog_.products(), query, work.facets[i]))
          << work.facets[i] << " of " << query.ToLine();
    }
  }

  SmallCatalog catalog_{800};
  ReferenceIndex index_ = catalog_.Index();
  QueryGenerator generator_{index_, 3};
  Work six_ = {.facets = {"brand", "category", "color", "sizes", "rating", "in_stock"}};
};

TEST_F(ReferenceIndexTest, WordsAndFacetsAsByScan) {
  for (int i = 0; i < kQueries; ++i) ExpectAsByScan(six_, generator_.Text());
  ExpectAsByScan(six_, Query());
  ExpectAsByScan(six_, {.words = "nosuchword"});
}

TEST_F(ReferenceIndexTest, RefinedFacetsAsByScan) {
  for (int i = 0; i < kQueries; ++i) ExpectAsByScan(six_, generator_.Refined());
  for (const Product& product : catalog_.products()) {  // selections without words match more
    ExpectAsByScan(six_, {.brands = {product.brand, "nosuchbrand"}, .color = product.color});
    if (product.id == "p20") break;
  }
}

TEST_F(ReferenceIndexTest, CheapestFirst) {
  const Work by_price = {.kind = WorkKind::kByPrice};
  for (int i = 0; i < kQueries; ++i) {
    const Query query = generator_.Filter();
    std::vector<std::pair<int64_t, uint32_t>> expected;
    for (uint32_t p = 0; p < catalog_.products().size(); ++p) {
      const Product& product = catalog_.products()[p];
      if (PassesBut(product, query, "") && product.price_cents >= query.price_cents->first &&
          product.price_cents <= query.price_cents->second) {
        expected.emplace_back(product.price_cents, p);
      }
    }
    std::sort(expected.begin(), expected.end());
    const ReferenceAnswer answer = index_.Run(by_price, query);
    EXPECT_EQ(answer.matches, expected.size());
    ASSERT_EQ(answer.hits.size(), std::min<size_t>(expected.size(), 10));
    for (size_t hit = 0; hit < answer.hits.size(); ++hit) {
      EXPECT_EQ(answer.hits[hit], expected[hit].second);
    }
  }
}

TEST_F(ReferenceIndexTest, AllProductsByPopularity) {
  const ReferenceAnswer answer = index_.Run({}, Query());
  for (size_t i = 1; i < answer.hits.size(); ++i) {
    EXPECT_GE(catalog_.products()[answer.hits[i - 1]].popularity,
              catalog_.products()[answer.hits[i]].popularity);
  }
}

TEST_F(ReferenceIndexTest, TyposFindAllWordsWithinOneEdit) {
  const Work work = {.kind = WorkKind::kTypo};
  for (int i = 0; i < 20; ++i) {
    const Query query = generator_.Typo();
    uint64_t matches = 0;
    for (const Product& product : catalog_.products()) {
      const std::vector<std::string> words = SplitWords(product.SearchedText());
      matches += std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return WithinOneEdit(word, query.words);
      });
    }
    EXPECT_EQ(index_.Run(work, query).matches, matches) << query.ToLine();
  }
}

TEST_F(ReferenceIndexTest, CompletionsAreTheMostFrequentWords) {
  const Work work = {.kind = WorkKind::kSuggest};
  const ReferenceAnswer answer = index_.Run(work, {.words = "b"});
  ASSERT_EQ(answer.completions.size(), 10u);
  for (size_t i = 0; i < answer.completions.size(); ++i) {
    EXPECT_TRUE(answer.completions[i].starts_with("b"));
    if (i == 0) continue;
    EXPECT_GE(index_.Find(answer.completions[i - 1])->products.size(),
              index_.Find(answer.completions[i])->products.size());
  }
}

TEST(WithinOneEditTest, KnowsTheFourEdits) {
  EXPECT_TRUE(WithinOneEdit("lamp", "lamp"));
  EXPECT_TRUE(WithinOneEdit("lamp", "lamps"));
  EXPECT_TRUE(WithinOneEdit("lamp", "amp"));
  EXPECT_TRUE(WithinOneEdit("lamp", "lump"));
  EXPECT_TRUE(WithinOneEdit("lamp", "lapm"));
  EXPECT_FALSE(WithinOneEdit("lamp", "plam"));
  EXPECT_FALSE(WithinOneEdit("lamp", "lumps"));
  EXPECT_FALSE(WithinOneEdit("lamp", "la"));
  EXPECT_FALSE(WithinOneEdit("lamp", "pmal"));
}

}  // namespace
}  // namespace aisle::bench
