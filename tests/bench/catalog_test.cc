// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/catalog_generator/catalog.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "bench/harness/query_set.h"

namespace aisle::bench {
namespace {

constexpr uint64_t kSeed = 7;
constexpr int kProducts = 3000;

std::string Lines(const Catalog& catalog, uint64_t count) {
  std::string lines;
  for (uint64_t i = 0; i < count; ++i) lines += catalog.Make(i).ToJson() + "\n";
  return lines;
}

TEST(CatalogTest, SameSeedGivesTheSameBytes) {
  const Catalog catalog(kSeed);
  EXPECT_EQ(Lines(catalog, 200), Lines(Catalog(kSeed), 200));
  EXPECT_NE(Lines(catalog, 200), Lines(Catalog(kSeed + 1), 200));
}

TEST(CatalogTest, AProductIsReadAsItWasWritten) {
  const Catalog catalog(kSeed);
  for (uint64_t i = 0; i < 300; ++i) {
    const Product product = catalog.Make(i);
    const absl::StatusOr<Product> read = ParseProduct(product.ToJson());
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->ToJson(), product.ToJson());
  }
}

TEST(CatalogTest, ALineThatIsNoProductSaysWhy) {
  EXPECT_EQ(Message(ParseProduct(R"({"id":"p1"})").status()),
            "a product without \"title\"; make the catalog with catalog_generator");
}

TEST(CatalogTest, VocabularyHasDifferentWords) {
  const Catalog catalog(kSeed);
  const std::set<std::string> words(catalog.words().begin(), catalog.words().end());
  EXPECT_EQ(words.size(), Catalog::kWords);
}

TEST(CatalogTest, FieldsAreWithinTheirBounds) {
  const Catalog catalog(kSeed);
  std::set<std::string> ids, colors, tops;
  size_t distinct_words = 0;
  for (int i = 0; i < kProducts; ++i) {
    const Product product = catalog.Make(static_cast<uint64_t>(i));
    const size_t title = SplitWords(product.title).size();
    const size_t description = SplitWords(product.description).size();
    EXPECT_TRUE(title >= 4 && title <= 10) << title;
    EXPECT_TRUE(description >= 15 && description <= 35) << description;
    EXPECT_TRUE(product.sizes.size() >= 1 && product.sizes.size() <= 4);
    EXPECT_GT(product.price_cents, 0);
    EXPECT_TRUE(product.rating_tenths >= 0 && product.rating_tenths <= 50);
    EXPECT_EQ(product.in_stock, product.stock > 0);
    EXPECT_EQ(std::count(product.category.begin(), product.category.end(), '>'), 2);
    std::vector<std::string> words = SplitWords(product.SearchedText());
    distinct_words += std::set<std::string>(words.begin(), words.end()).size();
    ids.insert(product.id);
    colors.insert(product.color);
    tops.insert(std::string(product.CategoryTop()));
  }
  EXPECT_EQ(ids.size(), kProducts);
  EXPECT_EQ(colors.size(), 16u);
  EXPECT_EQ(tops.size(), Catalog::kTopCategories);
  EXPECT_NEAR(static_cast<double>(distinct_words) / kProducts, 36, 3);
}

TEST(ZipfTest, FrequenciesFallWithTheRank) {
  const Zipf zipf(1000, 1.0);
  Random random(kSeed);
  std::map<uint32_t, int> counts;
  constexpr int kDraws = 200'000;
  for (int i = 0; i < kDraws; ++i) ++counts[zipf.Draw(random)];
  const double first = kDraws / 7.4855;  // the 1000th harmonic number
  EXPECT_NEAR(counts[0], first, first * 0.05);
  EXPECT_NEAR(counts[9], first / 10, first / 10 * 0.1);
  EXPECT_LT(counts.rbegin()->first, 1000u);
}

}  // namespace
}  // namespace aisle::bench
