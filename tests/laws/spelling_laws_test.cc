// SPDX-License-Identifier: GPL-3.0-or-later
//
// What mistyped words were meant to be, whatever the catalog:
//   1  A rare word that is likely a mistake finds what is meant too, after itself; a rare word that
//      is none does not.
//   2  Where no product has all words, the words beside a word tell what it was meant to be, also
//      of a word of which products have no more than the stem.
//   3  That a word never stands beside another says little where it would seldom do by chance.
//   4  A rare compound is its two words too, where products have these together.
//   5  A word that is two, one of them mistyped, is found; a stem is no word.
//   6  What may be one mistyped word is its two words too, each corrected.
//   7  An exhaustive search finds every word within the edits; what it adds comes after.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/laws/small_shop.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kPlain = R"([{"name":"title","type":"string"}])";
constexpr std::string_view kStemmed =
    R"([{"name":"title","type":"string","locale":"en","stem":true}])";

SmallShop ShopOf(const std::vector<std::string>& titles) {
  return SmallShop::OfTitles(kPlain, titles);
}

SearchRequest Asking(std::string q) { return {.q = std::move(q)}; }

// What each corrected word was taken for.
std::vector<std::string> CorrectionsOf(const SearchResponse& response) {
  std::vector<std::string> used;
  for (const auto& correction : response.understanding.corrections) {
    used.insert(used.end(), correction.used.begin(), correction.used.end());
  }
  return used;
}

TEST(SpellingLaws, RareWordsThatAreMistakes) {
  std::vector<std::string> titles = {"cordless vaccum", "swamp cooler", "stamp"};
  for (int i = 0; i < 40; ++i) titles.emplace_back("vacuum cleaner");
  const SmallShop shop = ShopOf(titles);
  const auto found = shop.Find("vaccum ");
  ASSERT_EQ(found.size(), 10u);
  EXPECT_EQ(found[0], "0");
  EXPECT_EQ(shop.Ask("vaccum ").found, 41u);
  EXPECT_THAT(shop.Find("swamp "), ElementsAre("1"));
}

TEST(SpellingLaws, TheWordsBesideAWordTell) {
  std::vector<std::string> titles = {"party host gift", "winter garden lamp"};
  for (int i = 0; i < 20; ++i) titles.emplace_back("garden hose reel");
  for (int i = 0; i < 200; ++i) titles.emplace_back("lamp");
  const SmallShop shop = ShopOf(titles);
  const SearchResponse answer = shop.Ask("garden host ");
  ASSERT_EQ(answer.understanding.corrections.size(), 1u);
  EXPECT_THAT(answer.understanding.corrections[0].used, ElementsAre("hose"));
  EXPECT_TRUE(shop.Ask("host ").understanding.is_plain());
  EXPECT_TRUE(shop.Ask("party host ").understanding.corrections.empty());
}

TEST(SpellingLaws, CorrectedWordsAreJoined) {
  const SmallShop shop = ShopOf({"greenhouse", "green lamp", "house paint"});
  SearchRequest request = Asking("gren house");
  request.drop_tokens_threshold = 0;
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ElementsAre("0"));
}

TEST(SpellingLaws, WhatFewWordsBeginWithMayBeMistyped) {
  std::vector<std::string> titles = {"stella lamp"};
  for (int i = 0; i < 8; ++i) titles.push_back("steel rack " + std::to_string(i));
  const SmallShop shop = ShopOf(titles);
  EXPECT_THAT(shop.Find("stell"), ::testing::AllOf(::testing::SizeIs(9), ::testing::Contains("0")));
  EXPECT_THAT(shop.Find("stella"), ElementsAre("0"));
}

TEST(SpellingLaws, TwoUnlikelyEditsMakeNoOtherWordOfAShortOne) {
  const SmallShop shop = ShopOf({"hips", "hops", "tips", "taps", "hats", "heaps"});
  EXPECT_THAT(shop.Find("https"), IsEmpty());
}

TEST(SpellingLaws, AnExhaustiveSearchFindsEveryWordItMayBe) {
  std::vector<std::string> titles = {"tunic", "toxic", "topic", "sonic", "conic", "rug", "panic"};
  for (int i = 0; i < 50; ++i) titles.emplace_back("tonic");
  const SmallShop shop = ShopOf(titles);
  SearchRequest request = Asking("ronic ");
  request.num_typos = 1;
  request.per_page = 60;
  EXPECT_EQ(shop.Ask(request).found, 50u);
  request.exhaustive_search = true;
  const auto all = SmallShop::Ids(shop.Ask(request));
  ASSERT_EQ(all.size(), 52u);
  EXPECT_THAT(std::vector(all.begin() + 50, all.end()), UnorderedElementsAre("3", "4"));
  request.q = "sonic ";  // is known: no mistake
  EXPECT_EQ(SmallShop::Ids(shop.Ask(request)).front(), "3");
  EXPECT_TRUE(shop.Ask(request).understanding.corrections.empty());
  request.q = "rig ";
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ElementsAre("5"));
}

TEST(SpellingLaws, RareCompoundsAreTheirParts) {
  std::vector<std::string> titles = {"undercabinet lamp", "sunglasses", "sunglasses case",
                                     "glasses in the sun"};
  for (int i = 0; i < 3; ++i) titles.emplace_back("under cabinet lamp");
  const SmallShop shop = ShopOf(titles);
  SearchRequest request = Asking("undercabinet lamp ");
  request.drop_tokens_threshold = 0;
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ElementsAre("0", "4", "5", "6"));
  EXPECT_TRUE(shop.Ask(request).understanding.is_plain());
  request.q = "undercabinet lampp ";
  EXPECT_EQ(shop.Ask(request).understanding.corrected_query, "undercabinet lamp");
  request.split_join_tokens = false;
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ElementsAre("0"));
  request = Asking("sunglasses ");
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ElementsAre("1", "2"));
}

TEST(SpellingLaws, OneOfTwoJoinedWordsMayBeMistyped) {
  const SmallShop shop = ShopOf({"cable rail", "cable tray", "rail clamp"});
  for (const char* q : {"cablrail", "cablerial"}) {
    const SearchResponse response = shop.Ask(q);
    ASSERT_FALSE(response.hits.empty()) << q;
    EXPECT_EQ(SmallShop::Ids(response)[0], "0") << q;
    EXPECT_EQ(response.understanding.corrected_query, "cable rail") << q;
  }
}

TEST(SpellingLaws, TheWordsBesideAStemTell) {
  std::vector<std::string> titles = {"famed actor"};
  for (int i = 0; i < 20; ++i) titles.emplace_back("screen frame corner");
  const SmallShop shop = SmallShop::OfTitles(kStemmed, titles);
  EXPECT_THAT(CorrectionsOf(shop.Ask("screen fame ")), ElementsAre("frame"));
  EXPECT_THAT(shop.Find("fame "), ElementsAre("0"));
}

TEST(SpellingLaws, WhatIsStillTypedIsNotCorrectedByWhatStandsBeside) {
  std::vector<std::string> titles = {"titanium ring", "titanium snack box"};
  for (int i = 0; i < 20; ++i) titles.emplace_back("snack");
  for (int i = 0; i < 20; ++i) titles.emplace_back("canvas sneakers");
  const SmallShop shop = ShopOf(titles);
  EXPECT_THAT(CorrectionsOf(shop.Ask("titanium sneak")), IsEmpty());
}

TEST(SpellingLaws, NeverBesideARareWordSaysLittle) {
  std::vector<std::string> titles;
  for (int i = 0; i < 40; ++i) titles.emplace_back("oak table");
  for (int i = 0; i < 5; ++i) titles.emplace_back("plastic travel cup");
  for (int i = 0; i < 80; ++i) titles.emplace_back("travel bag");
  for (int i = 0; i < 1000; ++i) titles.emplace_back("lamp");
  const SmallShop shop = ShopOf(titles);
  EXPECT_THAT(CorrectionsOf(shop.Ask("tabel plastic ")), ::testing::Contains("table"));
}

TEST(SpellingLaws, StemsAreNoPartsOfAWord) {
  const SmallShop shop = SmallShop::OfTitles(kStemmed, {"cable rail", "cable tray", "rail clamp"});
  const SearchResponse response = shop.Ask("cablrail ");
  ASSERT_FALSE(response.hits.empty());
  EXPECT_EQ(SmallShop::Ids(response)[0], "0");
  EXPECT_EQ(response.understanding.corrected_query, "cable rail");
}

TEST(SpellingLaws, WordsThatMayBeOneAreCorrectedToo) {
  std::vector<std::string> titles = {"red mower", "lawn mower blade"};
  for (int i = 0; i < 40; ++i) titles.emplace_back("lawnmower");
  const SmallShop shop = ShopOf(titles);
  SearchRequest request = Asking("lawm mower ");
  request.drop_tokens_threshold = 0;
  request.per_page = 50;
  EXPECT_THAT(SmallShop::Ids(shop.Ask(request)), ::testing::Contains("1"));
}

}  // namespace
}  // namespace aisle
