// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a collection's own ranking (core/ranking.h) does to its hits:
//   1  Each criterion orders as it says; the first that differs decides, the score the rest.
//   2  k1 and b are BM25's; both executors agree on the scores (executor_laws_test.cc).
//   3  It takes effect at once, stays when the collection is opened again, and null undoes it.
//   4  It neither adds nor takes away hits; a search that says sort_by or rerank=false goes
//   without. 5  A mistake changes nothing and is answered with what is allowed.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/laws/small_shop.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kFields = R"([
    {"name":"title","type":"string"},
    {"name":"description","type":"string","optional":true},
    {"name":"popularity","type":"int32","optional":true},
    {"name":"in_stock","type":"bool","optional":true}])";

std::vector<std::string> Order(const SmallShop& shop, std::string q, std::string_view criteria) {
  const absl::Status status = shop.SetRanking(fmt::format(R"({{"criteria":[{}]}})", criteria));
  EXPECT_TRUE(status.ok()) << status;
  return shop.Find(std::move(q));
}

TEST(RankingSettings, FieldsOfTheProduct) {
  const SmallShop shop(kFields, {R"({"id":"0","title":"lamp","popularity":1,"in_stock":true})",
                                 R"({"id":"1","title":"lamp","popularity":3})",
                                 R"({"id":"2","title":"lamp","popularity":2,"in_stock":false})",
                                 R"({"id":"3","title":"lamp lamp"})"});
  EXPECT_THAT(Order(shop, "lamp", R"("popularity:desc")"), ElementsAre("1", "2", "0", "3"));
  EXPECT_THAT(Order(shop, "lamp", R"("popularity:asc")"), ElementsAre("0", "2", "1", "3"));
  EXPECT_THAT(Order(shop, "lamp", R"("in_stock:desc")"), ElementsAre("0", "2", "3", "1"));
  EXPECT_THAT(Order(shop, "lamp", R"("text_match","popularity:desc")"),
              ElementsAre("3", "1", "2", "0"));
}

TEST(RankingSettings, Words) {
  // One rare word says more than two frequent ones.
  std::vector<std::string> products = {R"({"id":"rare","title":"zebra"})",
                                       R"({"id":"two","title":"red lamp"})"};
  for (int i = 0; i < 30; ++i) {
    products.push_back(
        fmt::format(R"({{"id":"{}","title":"{}"}})", i, i % 2 == 0 ? "red shoe" : "lamp oil"));
  }
  const SmallShop shop(kFields, products);
  EXPECT_EQ(shop.Find("zebra red lamp").front(), "rare");
  EXPECT_EQ(Order(shop, "zebra red lamp", R"("words")").front(), "two");
  EXPECT_EQ(Order(shop, "zebra red lamp", R"("text_match","words")").front(), "rare");
}

TEST(RankingSettings, TyposAndExactness) {
  const SmallShop shop(kFields,
                       {R"({"id":"0","title":"lamps lamps lamps lamps","popularity":2})",
                        R"({"id":"1","title":"lamp for a desk that is long and narrow"})"});
  EXPECT_THAT(Order(shop, "lamp ", R"("typos")"), ElementsAre("1", "0"));
  EXPECT_THAT(Order(shop, "lamp ", R"("exactness")"), ElementsAre("1", "0"));
  EXPECT_THAT(Order(shop, "lamps ", R"("exactness")"), ElementsAre("0", "1"));
}

TEST(RankingSettings, AttributeAndProximity) {
  const SmallShop shop(
      kFields,
      {R"({"id":"0","title":"red rug beside a lamp","description":"lamp"})",
       R"({"id":"1","title":"table","description":"red lamp red lamp red lamp"})",
       R"({"id":"2","title":"oak and ash and elm and red lamp for one room of a large house"})"});
  EXPECT_THAT(Order(shop, "red lamp ", R"("attribute","proximity")"), ElementsAre("2", "0", "1"));
  EXPECT_THAT(Order(shop, "red lamp ", R"("proximity","attribute")"), ElementsAre("2", "1", "0"));
}

TEST(RankingSettings, ParametersOfBm25) {
  const SmallShop shop(kFields,
                       {R"({"id":"0","title":"lamp of glass and steel and wood and paper"})",
                        R"({"id":"1","title":"lamp"})",
                        R"({"id":"2","title":"lamp lamp of glass and steel and wood and paper"})"});
  EXPECT_THAT(shop.Find("lamp "), ElementsAre("2", "1", "0"));
  ASSERT_TRUE(shop.SetRanking(R"({"b":0})").ok());
  EXPECT_THAT(shop.Find("lamp "), ElementsAre("2", "0", "1"));
  ASSERT_TRUE(shop.SetRanking(R"({"b":0,"k1":0})").ok());
  EXPECT_THAT(shop.Find("lamp "), ElementsAre("0", "1", "2"));
}

TEST(RankingSettings, StaysAndIsUndone) {
  SmallShop shop(kFields, {R"({"id":"0","title":"lamp lamp","popularity":1})",
                           R"({"id":"1","title":"lamp","popularity":3})"});
  EXPECT_THAT(shop.Find("lamp"), ElementsAre("0", "1"));
  EXPECT_THAT(Order(shop, "lamp", R"("popularity:desc")"), ElementsAre("1", "0"));
  shop.Reopen();
  EXPECT_THAT(shop.Find("lamp"), ElementsAre("1", "0"));
  SearchRequest request;
  request.q = "lamp";
  request.sort_by = "_text_match:desc";
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ElementsAre("0", "1"));
  request.sort_by.clear();
  request.rerank = false;
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ElementsAre("0", "1"));
  const absl::Status refused = shop.SetRanking(R"({"criteria":["title:desc"]})");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("popularity:desc"));
  EXPECT_THAT(std::string(shop.SetRanking(R"({"k2":1})").message()), HasSubstr("k1, b, criteria"));
  EXPECT_FALSE(shop.SetRanking(R"({"b":1.5})").ok());
  EXPECT_THAT(shop.Find("lamp"), ElementsAre("1", "0"));
  ASSERT_TRUE(shop.SetRanking("null").ok());
  EXPECT_THAT(shop.Find("lamp"), ElementsAre("0", "1"));
  shop.Reopen();
  EXPECT_THAT(shop.Find("lamp"), ElementsAre("0", "1"));
}

TEST(RankingSettings, AHitSaysWhatItIsOrderedBy) {
  const SmallShop shop(kFields, {R"({"id":"0","title":"red lamp","popularity":4})"});
  ASSERT_TRUE(shop.SetRanking(R"({"criteria":["words","popularity:desc"]})").ok());
  SearchRequest request;
  request.q = "red lamp";
  request.explain = true;
  const auto criteria = shop.Ask(request).hits.at(0).explanation->criteria;
  ASSERT_GE(criteria.size(), 2u);
  EXPECT_EQ(criteria[0].key, "words");
  EXPECT_EQ(criteria[0].value, Json(2.0));
  EXPECT_EQ(criteria[1].key, "popularity:desc");
  EXPECT_EQ(criteria[1].value, Json(4));
}

}  // namespace
}  // namespace aisle
