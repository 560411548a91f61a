// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that a large part of the products have, with synonyms that as many have, are not scored
// product by product: the best are found by classes and bounds. What is found that way is what
// scoring all of them finds, to the last bit.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/laws/random_catalog.h"
#include "tests/laws/small_shop.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

constexpr size_t kProducts = 30'000;
constexpr std::string_view kFields = R"([
    {"name":"title","type":"string"},
    {"name":"description","type":"string","optional":true},
    {"name":"price","type":"int32"}])";
// The first ones are the more frequent.
constexpr std::array<std::string_view, 10> kWords = {"amber", "birch", "cedar", "delta", "ember",
                                                     "fjord", "gamma", "haven", "ivory", "jumbo"};

// One product in a hundred or so has each of them.
constexpr std::array<std::string_view, 12> kRareWords = {"kayak", "lilac", "mango", "noble",
                                                         "olive", "pearl", "quilt", "raven",
                                                         "sable", "tulip", "umber", "viola"};

std::string SomeWords(Random& random, size_t most) {
  std::string text;
  for (size_t i = Below(random, most) + 1; i-- > 0;) {
    const size_t place = Below(random, kWords.size() - Below(random, kWords.size()));
    text += fmt::format("{} ", kWords[place]);
  }
  if (Below(random, 16) == 0) text += kRareWords[Below(random, kRareWords.size())];
  return text;
}

std::vector<std::string> Products(Random& random) {
  std::vector<std::string> products;
  for (size_t i = 0; i < kProducts; ++i) {
    Json::Object product = {{"id", std::to_string(i)},
                            {"title", SomeWords(random, 3)},
                            {"description", SomeWords(random, 12)},
                            {"price", static_cast<int64_t>(Below(random, 100))}};
    products.push_back(Json(std::move(product)).Dump());
  }
  return products;
}

// Pairs, a group of three, one that goes one way, and a frequent word with many that are rare.
std::shared_ptr<const Synonyms> FrequentSynonyms() {
  const auto set = SynonymSet::FromJson("s", *ParseJson(R"({"items": [
      {"id": "1", "synonyms": ["amber", "birch"]},
      {"id": "2", "synonyms": ["cedar", "ember", "jumbo"]},
      {"id": "3", "root": "delta", "synonyms": ["fjord"]},
      {"id": "4", "root": "gamma", "synonyms": ["kayak", "lilac", "mango", "noble", "olive", "pearl",
                                                "quilt", "raven", "sable", "tulip", "umber"]}]})"));
  EXPECT_TRUE(set.ok()) << set.status();
  return std::make_shared<const Synonyms>(std::vector<SynonymSet>{*set});
}

std::vector<double> Scores(const SearchResponse& response) {
  std::vector<double> scores;
  for (const Hit& hit : response.hits) scores.push_back(hit.score);
  return scores;
}

TEST(FrequentSynonyms, TheBestAreTheLastOfAll) {
  Random random(TestSeed());
  const SmallShop shop(kFields, Products(random));
  const auto synonyms = FrequentSynonyms();
  for (int round = 0; round < 60; ++round) {
    SearchRequest request;
    request.q.clear();
    for (size_t i = Below(random, 4) + 1; i-- > 0;) {
      request.q += fmt::format("{} ", kWords[Below(random, kWords.size())]);
    }
    request.rerank = false;
    request.drop_tokens_threshold = Below(random, 2) == 0 ? 0 : 20'000;
    if (Below(random, 3) == 0) request.filter_by = "price:<50";
    const SearchResponse best = shop.Ask(request, synonyms);
    if (best.found < request.per_page) continue;
    request.sort_by = "_text_match:asc";
    request.offset = best.found - request.per_page;
    const SearchResponse last = shop.Ask(request, synonyms);
    ASSERT_EQ(last.found, best.found) << request.q;
    std::vector<double> expected = Scores(last);
    std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(Scores(best), expected)
        << request.q << request.filter_by << request.drop_tokens_threshold;
  }
}

}  // namespace
}  // namespace aisle
