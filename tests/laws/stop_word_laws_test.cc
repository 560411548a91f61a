// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold of stop words:
//   1  For every catalog, layout and query: with stop words between its words a query has the
//   answer
//      that it has without them.
//   2  A query of nothing but stop words, and a search that names no set, have the answer that they
//      had.
//   3  Phrases, excluded words and the word that is being typed stay; so does what is written
//      together with another word.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/laws/law_collections.h"
#include "tests/laws/small_shop.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::shared_ptr<const StopWords> StopWordsOf(std::string_view json) {
  auto set = StopWordSet::FromJson("s", *ParseJson(json));
  EXPECT_TRUE(set.ok()) << set.status();
  return std::make_shared<const StopWords>(std::vector<StopWordSet>{*std::move(set)});
}

// What a shopper sees of an answer.
std::string Shown(const SearchResponse& response) {
  std::string shown = std::to_string(response.found);
  for (const Hit& hit : response.hits) {
    shown += fmt::format("\n{} {}", hit.document, hit.score);
    for (const Highlight& highlight : hit.highlights) {
      shown += fmt::format(" {}", fmt::join(highlight.snippets, "|"));
    }
  }
  return shown;
}

TEST(StopWordLaws, BetweenOtherWordsTheyChangeNothing) {
  Random random(TestSeed());
  const LawCollections collections(
      random, 400,
      {{.name = "memtable"}, {.name = "shards", .shards = 3, .memtable_documents = 30}});
  const auto stop_words = StopWordsOf(R"({"stopwords":["the","Für","made in","a la"]})");
  constexpr const char* kWords[] = {"red",    "shoe", "runnin", "blue",  "lamps", "café",
                                    "leathr", "usb",  "14",     "table", "-run",  "\"red shoe\""};
  constexpr const char* kStops[] = {"the", "THE", "fur", "für", "made in", "Made  In", "À la"};
  for (int round = 0; round < 150; ++round) {
    std::string plain, stopped;
    for (size_t words = 1 + Below(random, 4); words > 0; --words) {
      // Exclusions alone leave nothing that is searched.
      const size_t kinds = std::size(kWords) - (plain.empty() ? 2 : 0);
      const std::string word = kWords[Below(random, kinds)];
      plain += word + " ";
      while (Below(random, 2) == 0) stopped += std::string(kStops[Below(random, 7)]) + " ";
      stopped += word + " ";
    }
    SearchRequest request;
    request.q = plain;
    request.prefix = Below(random, 2) == 0;
    request.drop_tokens_threshold = static_cast<uint32_t>(Below(random, 100));
    for (const LawCollections::Stored& stored : collections.all()) {
      SCOPED_TRACE(fmt::format("`{}` and `{}`", plain, stopped));
      request.q = plain;
      request.stop_words.clear();
      const auto expected = Search(request, stored.snapshot());
      request.q = stopped;
      request.stop_words = "s";
      const auto answer = Search(request, stored.snapshot(), {nullptr, stop_words});
      ASSERT_TRUE(expected.ok() && answer.ok()) << answer.status();
      ASSERT_EQ(Shown(*answer), Shown(*expected));
    }
  }
}

class StopWordsInAShop : public ::testing::Test {
 protected:
  SearchResponse Ask(std::string q, bool prefix = true) const {
    SearchRequest request;
    request.q = std::move(q);
    request.prefix = prefix;
    request.drop_tokens_threshold = 0;
    request.num_typos = 0;
    request.stop_words = "s";
    return shop_.Ask(request, nullptr, stop_words_);
  }
  std::vector<std::string> LeftOut(std::string q, bool prefix = true) const {
    return Ask(std::move(q), prefix).understanding.stop_words;
  }
  std::vector<std::string> Find(std::string q, bool prefix = true) const {
    return SmallShop::Ids(Ask(std::move(q), prefix));
  }

  const SmallShop shop_{
      R"([{"name":"title","type":"string","locale":"en"}])",
      {R"({"id":"0","title":"Red shoes for the garden"})",
       R"({"id":"1","title":"Formal shoes, red"})",
       R"({"id":"2","title":"The Who: greatest hits"})", R"({"id":"3","title":"A-line dress"})",
       R"({"id":"4","title":"Line dress"})"}};
  const std::shared_ptr<const StopWords> stop_words_ =
      StopWordsOf(R"({"stopwords":["the","for","who","a","made in"]})");
};

TEST_F(StopWordsInAShop, AreNotSearchedAndNotMarked) {
  const SearchResponse response = Ask("The red shoes for ");
  EXPECT_THAT(SmallShop::Ids(response), testing::UnorderedElementsAre("0", "1"));
  EXPECT_THAT(response.understanding.stop_words, ElementsAre("the", "for"));
  for (const Hit& hit : response.hits) {
    for (const Highlight& highlight : hit.highlights) {
      EXPECT_EQ(highlight.snippets[0].find("<mark>for</mark>"), std::string::npos);
      EXPECT_EQ(highlight.snippets[0].find("<mark>the</mark>"), std::string::npos);
    }
  }
}

TEST_F(StopWordsInAShop, TheWordThatIsBeingTypedStays) {
  EXPECT_THAT(LeftOut("red shoes for"), IsEmpty());
  EXPECT_THAT(Find("red shoes for"), testing::UnorderedElementsAre("0", "1"));
  EXPECT_THAT(Find("red shoes form"), ElementsAre("1"));
  EXPECT_THAT(LeftOut("red shoes for "), ElementsAre("for"));
  EXPECT_THAT(LeftOut("red shoes for", /*prefix=*/false), ElementsAre("for"));
  EXPECT_THAT(LeftOut("red shoes made in"), IsEmpty());
  EXPECT_THAT(LeftOut("red shoes made in "), ElementsAre("made in"));
}

TEST_F(StopWordsInAShop, NeverEmptyAQuery) {
  EXPECT_THAT(Find("the who "), ElementsAre("2"));
  EXPECT_THAT(Find("the who"), ElementsAre("2"));
  EXPECT_THAT(Find("the"), testing::UnorderedElementsAre("0", "2"));
  EXPECT_THAT(Find("the -shoes "), ElementsAre("2"));
}

TEST_F(StopWordsInAShop, PhrasesExclusionsAndCompoundsKeepTheirs) {
  EXPECT_THAT(Find("\"the garden\" for "), ElementsAre("0"));
  EXPECT_THAT(Find("\"red garden\" for "), IsEmpty());
  EXPECT_THAT(Find("shoes -the "), ElementsAre("1"));
  EXPECT_THAT(Find("a-line dress "), ElementsAre("3"));
  EXPECT_THAT(LeftOut("a line dress "), ElementsAre("a"));
}

TEST_F(StopWordsInAShop, FormsAreOtherWords) {
  const auto does = StopWordsOf(R"({"stopwords":["shoes"]})");
  SearchRequest request;
  request.q = "red shoe ";
  request.stop_words = "s";
  EXPECT_THAT(shop_.Ask(request, nullptr, does).understanding.stop_words, IsEmpty());
}

TEST_F(StopWordsInAShop, ASetThatThereIsNotIsAMistake) {
  SearchRequest request;
  request.q = "red";
  request.stop_words = "t";
  const auto set = StopWordsOf(R"({"stopwords":["the"]})");
  EXPECT_EQ(shop_.Refuse(request, set).message(),
            "`stopwords` is `t`: there is no such set; allowed are s");
  EXPECT_EQ(shop_.Refuse(request, nullptr).message(), "`stopwords` is `t`: there are no such sets");
}

// A locale says how the entries are read: the French article leans on its word.
TEST_F(StopWordsInAShop, EntriesAreReadByTheirLocale) {
  const auto french = StopWordsOf(R"({"stopwords":["l'homme"],"locale":"fr"})");
  SearchRequest request;
  request.q = "homme red ";
  request.stop_words = "s";
  EXPECT_THAT(shop_.Ask(request, nullptr, french).understanding.stop_words, ElementsAre("homme"));
  const auto english = StopWordsOf(R"({"stopwords":["l'homme"]})");
  EXPECT_THAT(shop_.Ask(request, nullptr, english).understanding.stop_words, IsEmpty());
}

}  // namespace
}  // namespace aisle
