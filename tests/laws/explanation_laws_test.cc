// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold of explanations, for every catalog and search:
//   1  The words' scores add up to what the first phase scores: the hit's score without a second
//      phase.
//   2  A hit has a word in some field unless the answer says that the word may be missing.
//   3  The values of the criteria are in the order of the hits.
//   4  What explains a hit of a search and what explains a product are the same.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/explanation.h"
#include "query/searcher.h"
#include "tests/laws/law_collections.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

double Sum(const std::vector<HitExplanation::Word>& words) {
  double sum = 0;
  for (const HitExplanation::Word& word : words) {
    double of_fields = 0;
    for (const HitExplanation::InField& field : word.fields) of_fields += field.score;
    EXPECT_NEAR(of_fields, word.score, 1e-9) << word.word;
    EXPECT_EQ(word.fields.empty(), word.matched.empty()) << word.word;
    sum += word.score;
  }
  return sum;
}

TEST(ExplanationLaws, ScoresAddUp) {
  Random random(TestSeed());
  const LawCollections collections(
      random, 400,
      {{.name = "memtable"}, {.name = "shards", .shards = 3, .memtable_documents = 30}});
  constexpr const char* kQueries[] = {"red shoe", "running lamp table",   "leathr sho",
                                      "usb",      "\"red shoe\" leather", "blue run -lamp"};
  for (int round = 0; round < 60; ++round) {
    SearchRequest request;
    request.q = kQueries[Below(random, std::size(kQueries))];
    request.explain = true;
    request.rerank = Below(random, 2) == 0;
    request.drop_tokens_threshold = static_cast<uint32_t>(Below(random, 100));
    request.filter_by = RandomFilterPart(random).text;
    for (const LawCollections::Stored& stored : collections.all()) {
      SCOPED_TRACE(fmt::format("q={} filter_by={}", request.q, request.filter_by));
      const auto response = Search(request, stored.snapshot());
      ASSERT_TRUE(response.ok()) << response.status();
      const auto& dropped = response->understanding.dropped;
      for (const Hit& hit : response->hits) {
        ASSERT_TRUE(hit.explanation.has_value());
        const HitExplanation& explanation = *hit.explanation;
        EXPECT_NEAR(Sum(explanation.words), explanation.words_score, 1e-9);
        EXPECT_NEAR(explanation.words_score * explanation.share, explanation.first_phase, 1e-9);
        EXPECT_EQ(explanation.score, hit.score);
        if (!request.rerank) EXPECT_NEAR(explanation.first_phase, hit.score, 1e-9);
        for (const HitExplanation::Word& word : explanation.words) {
          const bool may_lack = std::count(dropped.begin(), dropped.end(), word.word) > 0;
          EXPECT_TRUE(may_lack || !word.fields.empty()) << word.word;
        }
        const std::string id = ParseJson(hit.document)->Find("id")->as_string();
        const auto alone = Explain(request, id, stored.snapshot());
        ASSERT_TRUE(alone.ok()) << alone.status();
        EXPECT_EQ(alone->score, hit.score);
        EXPECT_NEAR(alone->hit.first_phase, explanation.first_phase, 1e-9);
        EXPECT_EQ(alone->hit.InWords(), explanation.InWords());
      }
    }
  }
}

TEST(ExplanationLaws, CriteriaAreInOrder) {
  Random random(TestSeed());
  const LawCollections collections(random, 200, {{.name = "memtable"}});
  SearchRequest request;
  request.q = "red";
  request.explain = true;
  request.sort_by = "_eval(stock:>0):desc,price:asc,_text_match:desc";
  request.per_page = 100;
  const auto response = Search(request, collections.all()[0].snapshot());
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_FALSE(response->hits.empty());
  std::vector<std::pair<double, double>> values;
  for (const Hit& hit : response->hits) {
    const auto& criteria = hit.explanation->criteria;
    ASSERT_EQ(criteria.size(), 3u);
    EXPECT_EQ(criteria[0].key, "_eval");
    EXPECT_EQ(criteria[1].key, "price");
    EXPECT_EQ(criteria[2].key, "_text_match");
    EXPECT_EQ(criteria[1].value.as_double(), ParseJson(hit.document)->Find("price")->as_double());
    values.emplace_back(-criteria[0].value.as_double(), criteria[1].value.as_double());
  }
  EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
}

}  // namespace
}  // namespace aisle
