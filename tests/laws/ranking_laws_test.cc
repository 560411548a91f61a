// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a shopper may rely on, whatever the catalog:
//   1  The word itself comes before another form of it, and that before a corrected word.
//   2  A synonym adds hits and loses none; one-way synonyms work one way.
//   3  A product is the first hit for its code, however it is written, and no other code is.
//   4  The order of the words does not change which products match.
//   5  A word in the title says more than the same word in the description.
//   6  "-word" takes away all products that have it and no others.
//   7  "without lid" keeps the products that name no lid, those first that say so.
//   8  Ways of writing a size are one.
//   9  The answer names what was corrected, dropped and excluded.
//  10  A label that is the query says more than one that only has it.
//  11  What the second phase orders, it neither adds nor takes away.
//  12  "shelf" and "shelves" are one word, however they are stemmed.
//  13  Words are split and joined, well or badly spelled, unless that is off; without typos nothing
//      else is found than what is written.
//  14  In buckets of the text match the next key decides.
//  15  What follows the first ten is ordered by likeness, of kinds and of names; scores never rise.
//  16  A product is found by its id.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/laws/small_shop.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kFields = R"([
    {"name":"title","type":"string"},
    {"name":"brand","type":"string","facet":true,"optional":true},
    {"name":"category","type":"string","facet":true,"hierarchy":true,"optional":true},
    {"name":"description","type":"string","optional":true}])";

SmallShop ShopOf(const std::vector<std::string>& titles) {
  return SmallShop::OfTitles(kFields, titles);
}

std::shared_ptr<const Synonyms> SynonymsOf(const std::string& items) {
  auto set = SynonymSet::FromJson("s", *ParseJson(R"({"items":)" + items + "}"));
  EXPECT_TRUE(set.ok()) << set.status();
  return std::make_shared<const Synonyms>(std::vector<SynonymSet>{*std::move(set)});
}

SearchRequest Asking(std::string q) { return {.q = std::move(q)}; }

TEST(RankingLaws, ExactBeforeFormBeforeTypo) {
  const SmallShop shop = ShopOf({"red lamps", "red lamp", "red clamp"});
  EXPECT_THAT(shop.Find("lamp "), ElementsAre("1", "0"));
  EXPECT_THAT(shop.Find("lamps"), ElementsAre("0", "1"));
  EXPECT_THAT(shop.Find("lampps"), ElementsAre("0", "1"));
  SearchRequest strict = Asking("lamps");
  strict.word_forms = false;
  EXPECT_THAT(SmallShop::Ids(shop.Ask(strict)), ElementsAre("0"));
}

TEST(RankingLaws, SynonymsAddHits) {
  const SmallShop shop = ShopOf({"grey sofa", "grey couch", "blue settee", "running shoes",
                                 "trainers for women", "red shoes", "smart phone", "mobile"});
  const auto both = SynonymsOf(R"([{"id":"a","synonyms":["sofa","couch","settee"]},
      {"id":"b","root":"trainers","synonyms":["running shoes"]},
      {"id":"c","synonyms":["smart phone","mobile"]}])");
  const auto find = [&](std::string q) {
    SearchRequest request = Asking(std::move(q));
    request.drop_tokens_threshold = 0;
    return SmallShop::Ids(shop.Ask(request, both));
  };
  EXPECT_THAT(find("couch"), ElementsAre("1", "0", "2"));
  EXPECT_THAT(find("couches"), UnorderedElementsAre("0", "1", "2"));
  EXPECT_THAT(find("grey couch"), ElementsAre("1", "0"));
  EXPECT_THAT(find("trainers"), ElementsAre("4", "3"));
  EXPECT_THAT(find("running shoes"), ElementsAre("3"));
  EXPECT_THAT(find("mobile"), ElementsAre("7", "6"));
  EXPECT_THAT(find("smart phones"), UnorderedElementsAre("6", "7"));
  for (const char* q : {"sofa", "grey sofa", "trainers", "shoes", "phone", "smart phone"}) {
    SearchRequest request = Asking(q);
    request.drop_tokens_threshold = 0;
    const auto without = SmallShop::Ids(shop.Ask(request));
    const std::vector<std::string> with = find(q);
    const std::set<std::string> found(with.begin(), with.end());
    for (const std::string& id : without) EXPECT_TRUE(found.contains(id)) << q << " " << id;
    request.enable_synonyms = false;
    EXPECT_EQ(SmallShop::Ids(shop.Ask(request, both)), without);
    request.enable_synonyms = true;
    request.synonym_sets = {"another"};
    EXPECT_EQ(SmallShop::Ids(shop.Ask(request, both)), without);
  }
}

TEST(RankingLaws, SynonymsOfSeveralWordsInOneQuery) {
  const SmallShop shop =
      ShopOf({"grey corner sofa", "grey corner couch", "gray settee corner", "grey lamp"});
  const auto synonyms = SynonymsOf(R"([{"synonyms":["sofa","couch","settee"]},
      {"synonyms":["grey","gray"]}])");
  SearchRequest request = Asking("grey couch");
  request.drop_tokens_threshold = 0;
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request, synonyms)), ElementsAre("1", "0", "2"));
}

TEST(RankingLaws, CodesAreFoundHoweverWritten) {
  const SmallShop shop =
      ShopOf({"Sony WH-1000XM4 headphones", "Sony WH-1000XM5 headphones",
              "Sony WH1000 XM3 headphones", "Case for WH 1000XM2", "Bosch GSR18V drill"});
  for (const char* q : {"WH-1000XM4", "wh1000xm4", "wh 1000xm4", "WH1000XM4 headphones"}) {
    const auto found = shop.Find(q);
    ASSERT_FALSE(found.empty()) << q;
    EXPECT_EQ(found[0], "0") << q;
  }
  EXPECT_THAT(shop.Find("wh1000xm3"), ElementsAre("2"));
  EXPECT_THAT(shop.Find("wh-1000xm3")[0], "2");
  EXPECT_THAT(shop.Find("wh1000xm2"), ElementsAre("3"));
  EXPECT_THAT(shop.Find("wh1000xm6"), IsEmpty());
  EXPECT_THAT(shop.Find("gsr19v"), IsEmpty());
}

TEST(RankingLaws, WordOrderKeepsTheMatches) {
  const SmallShop shop = ShopOf({"red running shoe", "shoe red", "blue running shoe", "red lamp"});
  for (const uint32_t threshold : {0u, 2u, 100u}) {
    SearchRequest request = Asking("running red shoe ");
    request.drop_tokens_threshold = threshold;
    auto ids = SmallShop::Ids(shop.Ask(request));
    request.q = "shoe running red ";
    EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ::testing::UnorderedElementsAreArray(ids));
  }
}

TEST(RankingLaws, TitleBeforeDescription) {
  const SmallShop shop(kFields, {R"({"id":"d","title":"blue lamp","description":"red"})",
                                 R"({"id":"t","title":"red lamp","description":"blue"})"});
  EXPECT_THAT(shop.Find("red"), ElementsAre("t", "d"));
}

TEST(RankingLaws, ExcludedWords) {
  const SmallShop shop =
      ShopOf({"phone case", "phone", "phone cases", "wi-fi phone", "-20 freezer"});
  EXPECT_THAT(shop.Find("phone -case"), UnorderedElementsAre("1", "3"));
  EXPECT_THAT(shop.Find("-phone"), UnorderedElementsAre("4"));
  EXPECT_THAT(shop.Find("wi-fi phone")[0], "3");
  EXPECT_THAT(shop.Find("freezer -20"), ElementsAre("4"));
}

TEST(RankingLaws, WithoutWords) {
  const SmallShop shop = ShopOf({"jar with lid", "jar", "jar without lid", "lamp"});
  EXPECT_THAT(shop.Find("jar without lid"), ElementsAre("2", "1", "0"));
  EXPECT_EQ(shop.Find("without lid")[0], "2");
}

TEST(RankingLaws, SizesAreOneHoweverWritten) {
  const SmallShop shop = ShopOf({"kettle 1.5l", "kettle 1,5 L", "kettle 1.5 litres", "kettle 1.7l",
                                 "stick 64gb", "stick 64 GB", "stick 32 GB", "monitor 27\"",
                                 "monitor 27 inch", "monitor 27-inch", "monitor 24\""});
  for (const char* q : {"kettle 1.5l", "kettle 1,5 l", "1.5 litre kettle", "kettle 1.5 liter"}) {
    auto found = shop.Find(q);
    found.resize(3);
    EXPECT_THAT(found, UnorderedElementsAre("0", "1", "2")) << q;
  }
  for (const char* q : {"64gb stick", "64 gb stick"}) {
    auto found = shop.Find(q);
    found.resize(2);
    EXPECT_THAT(found, UnorderedElementsAre("4", "5")) << q;
  }
  for (const char* q : {"monitor 27 inch", "27\" monitor", "27inch monitor", "27in monitor"}) {
    auto found = shop.Find(q);
    found.resize(3);
    EXPECT_THAT(found, UnorderedElementsAre("7", "8", "9")) << q;
  }
}

TEST(RankingLaws, TheAnswerSaysHowWordsWereUnderstood) {
  const SmallShop shop = ShopOf({"wireless headphones", "red wireless mouse", "red headphones"});
  const SearchResponse corrected = shop.Ask("wireless headfones");
  EXPECT_EQ(SmallShop::Ids(corrected)[0], "0");
  ASSERT_EQ(corrected.understanding.corrections.size(), 1u);
  EXPECT_EQ(corrected.understanding.corrections[0].typed, "headfones");
  EXPECT_THAT(corrected.understanding.corrections[0].used, ElementsAre("headphones"));
  EXPECT_EQ(corrected.understanding.corrected_query, "wireless headphones");
  const SearchResponse dropped = shop.Ask("wireless unheardof -mouse");
  EXPECT_EQ(SmallShop::Ids(dropped)[0], "0");
  EXPECT_THAT(dropped.understanding.dropped, ElementsAre("unheardof"));
  EXPECT_THAT(dropped.understanding.excluded, ElementsAre("mouse"));
  SearchRequest all = Asking("wireless");
  EXPECT_TRUE(shop.Ask(all).understanding.is_plain());
}

// A synonym of two words makes two words of one.
TEST(RankingLaws, ADroppedWordIsNamedOnce) {
  const SmallShop shop = ShopOf({"zebra print", "mobile", "smart phone"});
  const auto synonyms = SynonymsOf(R"([{"id":"a","synonyms":["mobile","smart phone"]}])");
  const SearchResponse response = shop.Ask(Asking("mobile zebra"), synonyms);
  EXPECT_THAT(SmallShop::Ids(response), UnorderedElementsAre("0", "1", "2"));
  EXPECT_THAT(response.understanding.dropped, ElementsAre("mobile", "zebra"));
}

// Two words that stand for two are four in the plan.
TEST(RankingLaws, WordsOfSynonymsAreNamedOnce) {
  const SmallShop shop = ShopOf({"zebra print", "cell phone", "smart phone"});
  const auto synonyms = SynonymsOf(R"([{"synonyms":["cell phone","smart phone"]}])");
  SearchResponse response = shop.Ask(Asking("cell phone zebra"), synonyms);
  EXPECT_THAT(response.understanding.dropped, ElementsAre("cell", "phone", "zebra"));
  response = shop.Ask(Asking("cell phone zebbra"), synonyms);
  EXPECT_EQ(response.understanding.corrected_query, "cell phone zebra");
}

TEST(RankingLaws, LabelsThatAreTheQuery) {
  const SmallShop shop(kFields,
                       {R"({"id":"bit","title":"drill bit set","category":"Tools > Drill bits"})",
                        R"({"id":"drill","title":"drill twist 300","category":"Tools > Drills"})"});
  EXPECT_THAT(shop.Find("drill"), ElementsAre("drill", "bit"));
  EXPECT_THAT(shop.Find("drill bit"), ElementsAre("bit", "drill"));
}

TEST(RankingLaws, IrregularPlurals) {
  for (const bool stem : {false, true}) {
    const std::string fields =
        fmt::format(R"([{{"name":"title","type":"string","locale":"en","stem":{}}}])", stem);
    const SmallShop shop(
        fields, {R"({"id":"0","title":"wall shelf"})", R"({"id":"1","title":"wall shelves"})",
                 R"({"id":"2","title":"wall clock"})"});
    for (const char* q : {"shelf ", "shelves ", "shelfs ", "shelve "}) {
      EXPECT_THAT(shop.Find(q), UnorderedElementsAre("0", "1")) << q << stem;
    }
    EXPECT_EQ(shop.Find("wall shelf ")[0], "0");
    if (!stem) EXPECT_EQ(shop.Find("wall shelves ")[0], "1");
  }
}

TEST(RankingLaws, WordsAreSplitAndJoined) {
  const SmallShop shop = ShopOf({"polarised sunglasses", "sun hat", "reading glasses", "pool table",
                                 "wheelbarrow", "wheel lock"});
  EXPECT_EQ(shop.Find("sun glasses")[0], "0");
  EXPECT_EQ(shop.Find("pooltable")[0], "3");
  EXPECT_EQ(shop.Find("wheel borrow")[0], "4");
  SearchRequest request = Asking("sun glasses ");
  request.split_join_tokens = false;
  request.drop_tokens_threshold = 0;
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), IsEmpty());
  request.num_typos = 0;
  for (const char* q : {"pooltable", "wheel borrow", "whel lock"}) {
    request.q = q;
    EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), IsEmpty()) << q;
  }
}

TEST(RankingLaws, TheSecondPhaseOnlyOrders) {
  std::vector<std::string> products;
  for (int i = 0; i < 300; ++i) {
    products.push_back(Json(Json::Object{{"id", std::to_string(i)},
                                         {"title", std::string(i % 3 == 0 ? "red shoe" : "shoe")},
                                         {"category", i % 2 == 0 ? "Shoes" : "Toys > Shoes"}})
                           .Dump());
  }
  const SmallShop shop(kFields, products);
  SearchRequest request = Asking("red shoe");
  request.per_page = 30;
  std::multiset<std::string> paged, plain;
  for (request.page = 1; request.page <= 10; ++request.page) {
    request.rerank = true;
    for (std::string& id : SmallShop::Ids(shop.Ask(request))) paged.insert(std::move(id));
    request.rerank = false;
    for (std::string& id : SmallShop::Ids(shop.Ask(request))) plain.insert(std::move(id));
  }
  EXPECT_EQ(paged, plain);
  EXPECT_EQ(paged.size(), std::set<std::string>(paged.begin(), paged.end()).size());
}

// What follows the first ten is like them before it is not.
TEST(RankingLaws, LikenessToTheFirstHits) {
  std::vector<std::string> products;
  const auto add = [&](std::string_view title, std::string_view category) {
    products.push_back(fmt::format(R"({{"id":"{}","title":"{}","category":"{}"}})", products.size(),
                                   title, category));
  };
  for (int i = 0; i < 12; ++i) add("red desk lamp", "Lighting");
  for (int i = 0; i < 20; ++i) {
    add("red walking shoe", "Shoes");
    add("red pocket light", "Tools");
    add("red wall light", "Lighting");
  }
  const SmallShop shop(kFields, products);
  SearchRequest request = Asking("red lamp ");
  request.per_page = 100;
  std::map<std::string, size_t> last;  // the last place of each title
  const SearchResponse response = shop.Ask(request);
  ASSERT_EQ(response.hits.size(), products.size());
  for (size_t i = 0; i < response.hits.size(); ++i) {
    last[ParseJson(response.hits[i].document)->Find("title")->as_string()] = i;
    if (i > 0) EXPECT_LE(response.hits[i].score, response.hits[i - 1].score) << i;
  }
  EXPECT_EQ(last["red desk lamp"], 11u);
  EXPECT_EQ(last["red wall light"], 31u);
  request.rerank = false;
  EXPECT_EQ(ParseJson(shop.Ask(request).hits[12].document)->Find("category")->as_string(), "Shoes");
}

// A catalog without categories: names tell what is alike.
TEST(RankingLaws, LikenessOfNames) {
  std::vector<std::string> titles(12, "red suit swim trunks");
  for (int i = 0; i < 20; ++i) {
    titles.emplace_back("red suit business tie");
    titles.emplace_back("red suit swim trunks");
  }
  const SmallShop shop = ShopOf(titles);
  SearchRequest request = Asking("red suit ");
  request.per_page = 100;
  const auto has_tie = [](const Hit& hit) { return hit.document.find("tie") != std::string::npos; };
  const SearchResponse response = shop.Ask(request);
  ASSERT_EQ(response.hits.size(), titles.size());
  EXPECT_TRUE(std::none_of(response.hits.begin(), response.hits.begin() + 32, has_tie));
  EXPECT_TRUE(std::all_of(response.hits.begin() + 32, response.hits.end(), has_tie));
  request.per_page = 13;
  request.page = 2;
  const SearchResponse second = shop.Ask(request);
  for (size_t i = 0; i < second.hits.size(); ++i) {
    EXPECT_EQ(second.hits[i].document, response.hits[13 + i].document) << i;
  }
  request.rerank = false;
  request.page = 1;
  EXPECT_TRUE(has_tie(shop.Ask(request).hits[12]));
}

TEST(RankingLaws, ProductsAreFoundByTheirIds) {
  const SmallShop shop(
      kFields, {R"({"id":"B07CXG6C9W","title":"red lamp"})",
                R"({"id":"B07CXG6C9X","title":"blue lamp 42"})", R"({"id":"42","title":"lamp"})"});
  for (const char* q : {"B07CXG6C9W", " b07cxg6c9w"}) {
    EXPECT_THAT(shop.Find(q), ElementsAre("B07CXG6C9W")) << q;
  }
  EXPECT_THAT(shop.Find("B07CXG6C9"), IsEmpty());
  EXPECT_THAT(shop.Find("42"), ElementsAre("B07CXG6C9X"));  // a word of the catalog
}

// Parts of as many matches each: within one the next key decides.
TEST(RankingLaws, BucketsOfTheTextMatch) {
  std::vector<std::string> products;
  for (int i = 0; i < 40; ++i) {
    std::string title = "lamp";
    for (int words = i % 13; words > 0; --words) title += " word" + std::to_string(words);
    const int price = i * 7 % 11;
    products.push_back(fmt::format(R"({{"id":"{}","title":"{}","price":{}}})", i, title, price));
  }
  const SmallShop shop(R"([{"name":"title","type":"string"},{"name":"price","type":"int32"}])",
                       products);
  SearchRequest request = Asking("lamp");
  request.per_page = 100;
  request.rerank = false;
  std::vector<std::pair<double, int64_t>> plain;  // by score, the least first
  for (const Hit& hit : shop.Ask(request).hits) {
    plain.emplace_back(hit.score, ParseJson(hit.document)->Find("price")->as_int());
  }
  std::sort(plain.begin(), plain.end());
  for (const size_t buckets : {1, 3, 7, 100}) {
    const auto bucket_of = [&](double score) {
      size_t bucket = 0;
      for (size_t i = 1; i < buckets; ++i) {
        const size_t place = plain.size() * i / buckets;
        if (plain[place].first <= score) bucket = i;
      }
      return bucket;
    };
    request.sort_by = fmt::format("_text_match(buckets: {}):desc,price:asc", buckets);
    std::vector<std::pair<size_t, int64_t>> order;
    for (const Hit& hit : shop.Ask(request).hits) {
      order.emplace_back(100 - bucket_of(hit.score),
                         ParseJson(hit.document)->Find("price")->as_int());
    }
    EXPECT_EQ(order.size(), products.size());
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end())) << buckets;
  }
}

// Fields that weigh nothing still match, also products that have part of the words.
TEST(RankingLaws, WithoutWeightAllMatchesAreOnThePage) {
  const SmallShop shop(R"([{"name":"title","type":"string"}])",
                       {R"({"id":"1","title":"red lamp"})", R"({"id":"2","title":"red chair"})",
                        R"({"id":"3","title":"blue lamp"})", R"({"id":"4","title":"desk"})"});
  SearchRequest request;
  request.query_by = {"title"};
  request.query_by_weights = {0};
  for (const char* q : {"red", "red lamp", "red lamp table"}) {
    request.q = q;
    const SearchResponse response = shop.Ask(request);
    EXPECT_GT(response.found, 0u) << q;
    EXPECT_EQ(response.hits.size(), response.found) << q;
  }
}

}  // namespace
}  // namespace aisle
