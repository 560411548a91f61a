// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold of emoji in a search:
//   1  For every catalog, layout and query: an emoji that no product has changes nothing.
//   2  An emoji that products have is a word: it finds them, wherever it stands.
//   3  It has no corrections and begins no other word.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/laws/law_collections.h"
#include "tests/laws/small_shop.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(EmojiLaws, OneThatNobodyHasChangesNothing) {
  Random random(TestSeed());
  const LawCollections collections(
      random, 400,
      {{.name = "memtable"}, {.name = "shards", .shards = 3, .memtable_documents = 30}});
  constexpr const char* kWords[] = {"red",    "shoe", "runnin", "blue",         "lamps", "sho",
                                    "leathr", "usb",  "14",     "\"red shoe\"", "-run",  "table"};
  constexpr const char* kEmoji[] = {"🎄", "👩‍💻", "❤️", "🇩🇪", "1️⃣", "👍🏽"};
  for (int round = 0; round < 150; ++round) {
    std::string plain, decorated;
    for (size_t words = 1 + Below(random, 4); words > 0; --words) {
      // Exclusions alone leave nothing that is searched.
      const size_t kinds = std::size(kWords) - (plain.empty() ? 3 : 0);
      const std::string word = kWords[Below(random, kinds)];
      while (Below(random, 2) == 0) decorated += std::string(kEmoji[Below(random, 6)]) + " ";
      plain += (plain.empty() ? "" : " ") + word;
      decorated += word + " ";
    }
    decorated.pop_back();
    SearchRequest request;
    request.drop_tokens_threshold = static_cast<uint32_t>(Below(random, 100));
    request.exhaustive_search = Below(random, 4) == 0;
    for (const LawCollections::Stored& stored : collections.all()) {
      SCOPED_TRACE(fmt::format("`{}` and `{}`", plain, decorated));
      request.q = plain;
      const auto expected = Search(request, stored.snapshot());
      request.q = decorated;
      const auto answer = Search(request, stored.snapshot());
      ASSERT_TRUE(expected.ok() && answer.ok()) << answer.status();
      ASSERT_EQ(answer->found, expected->found);
      ASSERT_EQ(answer->hits.size(), expected->hits.size());
      for (size_t i = 0; i < answer->hits.size(); ++i) {
        ASSERT_EQ(answer->hits[i].document, expected->hits[i].document);
        ASSERT_EQ(answer->hits[i].score, expected->hits[i].score);
      }
      ASSERT_EQ(answer->understanding.corrected_query, expected->understanding.corrected_query);
    }
  }
}

class EmojiInAShop : public ::testing::Test {
 protected:
  std::vector<std::string> Find(std::string q) const {
    SearchRequest request;
    request.q = std::move(q);
    request.drop_tokens_threshold = 0;
    return SmallShop::Ids(shop_.Ask(request));
  }

  const SmallShop shop_{
      R"([{"name":"title","type":"string","locale":"en","stem":true}])",
      {R"({"id":"0","title":"Christmas tree🎄 with lights"})",
       R"({"id":"1","title":"🎄 Tree skirt"})", R"({"id":"2","title":"Apple tree"})",
       R"({"id":"3","title":"👩🏽‍💻 sticker"})", R"({"id":"4","title":"👩 sticker ❤"})",
       R"({"id":"5","title":"❤️ sticker, Nordfell™"})"}};
};

TEST_F(EmojiInAShop, AreWords) {
  EXPECT_THAT(Find("🎄 tree"), UnorderedElementsAre("0", "1"));
  EXPECT_THAT(Find("tree🎄"), UnorderedElementsAre("0", "1"));
  EXPECT_THAT(Find("🎄"), UnorderedElementsAre("0", "1"));
  EXPECT_THAT(Find("tree -🎄"), ElementsAre("2"));
  EXPECT_THAT(Find("\"tree 🎄\""), ElementsAre("0"));
}

TEST_F(EmojiInAShop, DifferByWhatTheyShowAlone) {
  EXPECT_THAT(Find("👩‍💻"), ElementsAre("3"));
  EXPECT_THAT(Find("👩🏿‍💻 sticker"), ElementsAre("3"));
  EXPECT_THAT(Find("👩"), ElementsAre("4"));
  EXPECT_THAT(Find("❤️"), ElementsAre("5"));
  EXPECT_THAT(Find("nordfell ™️"), ElementsAre("5"));
}

TEST_F(EmojiInAShop, ThatNobodyHasAreLeftOut) {
  EXPECT_THAT(Find("🎁 christmas tree"), ElementsAre("0"));
  EXPECT_THAT(Find("chrismas tree 🎁"), ElementsAre("0"));
  EXPECT_THAT(Find("🎁 🎄"), UnorderedElementsAre("0", "1"));
  EXPECT_THAT(Find("🎁"), IsEmpty());
  EXPECT_THAT(Find("🎁 \"apple tree\""), ElementsAre("2"));
  SearchRequest request;
  request.q = "🎁 apple";
  EXPECT_THAT(shop_.Ask(request).understanding.dropped, IsEmpty());
}

TEST_F(EmojiInAShop, MayHaveSynonyms) {
  auto set =
      SynonymSet::FromJson("s", *ParseJson(R"({"items":[{"root":"🎁","synonyms":["skirt"]}]})"));
  ASSERT_TRUE(set.ok()) << set.status();
  SearchRequest request;
  request.q = "tree 🎁";
  request.drop_tokens_threshold = 0;
  const auto synonyms = std::make_shared<const Synonyms>(std::vector<SynonymSet>{*set});
  EXPECT_THAT(SmallShop::Ids(shop_.Ask(request, synonyms)), ElementsAre("1"));
}

}  // namespace
}  // namespace aisle
