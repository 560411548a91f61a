// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold of words in quotes (query/phrase.h), for every catalog:
//   1  Those documents match that a scan finds to have the words one after the other in one value.
//   2  An excluded phrase takes away these documents and no others.
//   3  All layouts of storage and both executors agree, with filters, once and when asked again.
//   4  Facets count what a filter by that value finds.
//   5  Where too few have the other words too, those that have the phrase match.
//   6  Its words are not corrected and have no other forms.
//   7  Of more products than are read, all that have its words match, and the answer says so.
#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/document-inl.h"
#include "core/limits.h"
#include "query/memory_executor.h"
#include "query/xapian_executor.h"
#include "tests/laws/law_collections.h"
#include "tests/laws/small_shop.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Lower case words without accents, as the catalog of the laws has them.
std::vector<std::string> PlainWords(std::string text) {
  for (const auto& [accented, plain] : {std::pair("\u00e9", "e"), std::pair("\u00fc", "u")}) {
    for (size_t at = 0; (at = text.find(accented)) != std::string::npos;)
      text.replace(at, 2, plain);
  }
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

std::vector<std::vector<std::string>> ValuesOf(const Json& document) {
  std::vector<std::vector<std::string>> values;
  const auto add = [&](const Json& value) {
    if (value.is_string()) values.push_back(PlainWords(value.as_string()));
  };
  for (const char* field : {"title", "body", "brand", "category", "tags"}) {
    VisitPath(document, field, [&](const Json& value) {
      if (!value.is_array()) return add(value);
      for (const Json& element : value.as_array()) add(element);
    });
  }
  return values;
}

std::set<std::string> Scan(const std::vector<Json>& documents,
                           const std::vector<std::string>& phrase) {
  std::set<std::string> ids;
  for (const Json& document : documents) {
    for (const auto& value : ValuesOf(document)) {
      if (std::search(value.begin(), value.end(), phrase.begin(), phrase.end()) != value.end()) {
        ids.insert(document.Find("id")->as_string());
      }
    }
  }
  return ids;
}

// Two or three words, mostly such as stand beside each other somewhere.
std::vector<std::string> RandomPhrase(Random& random, const std::vector<Json>& documents) {
  for (;;) {
    const auto values = ValuesOf(documents[Below(random, documents.size())]);
    if (values.empty()) continue;
    std::vector<std::string> words = values[Below(random, values.size())];
    const size_t count = 1 + Below(random, 3);
    if (words.size() < count) continue;
    const auto begin =
        words.begin() + static_cast<ptrdiff_t>(Below(random, words.size() - count + 1));
    words = {begin, begin + static_cast<ptrdiff_t>(count)};
    if (Below(random, 4) == 0) std::reverse(words.begin(), words.end());
    return words;
  }
}

std::set<std::string> IdsOf(const SearchPlan& plan) {
  std::set<std::string> ids;
  const auto outcome = ExecuteOnMemory(plan);
  EXPECT_TRUE(outcome.ok()) << outcome.status();
  for (const Candidate& hit : outcome->page) {
    ids.emplace(plan.snapshot->segments[hit.segment].index().Id(hit.doc));
  }
  EXPECT_EQ(ids.size(), outcome->found);
  return ids;
}

std::set<std::string> Both(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::set<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
  return both;
}

std::set<std::string> Without(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::set<std::string> rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(rest, rest.end()));
  return rest;
}

TEST(PhraseLaws, MatchesAreThoseOfAScan) {
  Random random(TestSeed());
  const LawCollections collections(random, 400,
                                   {{.name = "memtable"},
                                    {.name = "flushed", .memtable_documents = 30, .flush = true},
                                    {.name = "shards", .shards = 3, .flush = true}});
  const std::vector<Json> documents = collections.Documents();
  std::set<std::string> all;
  for (const Json& document : documents) all.insert(document.Find("id")->as_string());
  for (int round = 0; round < 120; ++round) {
    const std::vector<std::string> words = RandomPhrase(random, documents);
    const std::string phrase = fmt::format("\"{}\"", fmt::join(words, " "));
    SearchRequest request;
    request.per_page = 250;
    std::set<std::string> expected = Scan(documents, words);
    switch (Below(random, 3)) {
      case 0:
        request.q = phrase;
        break;
      case 1:
        request.q = "-" + phrase;
        expected = Without(all, expected);
        break;
      default: {
        const std::vector<std::string> second = RandomPhrase(random, documents);
        request.q = phrase + fmt::format(" \"{}\"", fmt::join(second, " "));
        expected = Both(expected, Scan(documents, second));
      }
    }
    const RandomFilter filter = RandomFilterPart(random);
    for (const bool is_filtered : {false, true}) {
      if (is_filtered) {
        request.filter_by = filter.text;
        std::set<std::string> accepted;
        for (const Json& document : documents) {
          if (filter.accepts(document)) accepted.insert(document.Find("id")->as_string());
        }
        expected = Both(expected, accepted);
      }
      for (const LawCollections::Stored& stored : collections.all()) {
        SCOPED_TRACE(
            fmt::format("{}: q={} filter_by={}", stored.layout.name, request.q, request.filter_by));
        const auto plan = PlanSearch(request, stored.snapshot());
        ASSERT_TRUE(plan.ok()) << plan.status();
        for (int again = 0; again < 3; ++again) EXPECT_EQ(IdsOf(*plan), expected);
        if (!stored.layout.flush) continue;
        const auto xapian = ExecuteOnXapian(*plan);
        ASSERT_TRUE(xapian.ok()) << xapian.status();
        std::set<std::string> ids;
        for (const auto& match : xapian->matches) ids.insert(match.id);
        EXPECT_EQ(ids, expected);
      }
    }
  }
}

TEST(PhraseLaws, FacetsCountWhatAFilterFinds) {
  Random random(TestSeed());
  const LawCollections collections(random, 300, {{.name = "flushed", .flush = true}});
  const std::vector<Json> documents = collections.Documents();
  for (int round = 0; round < 20; ++round) {
    SearchRequest request;
    request.q = fmt::format("\"{}\"", fmt::join(RandomPhrase(random, documents), " "));
    request.facet_by = "tags";
    const auto response = Search(request, collections.all()[0].snapshot());
    ASSERT_TRUE(response.ok()) << response.status();
    for (const FacetValue& value : response->facets[0].result.values) {
      SearchRequest chosen = request;
      chosen.filter_by = "tags:=" + value.value;
      EXPECT_EQ(Search(chosen, collections.all()[0].snapshot())->found, value.count) << request.q;
    }
  }
}

constexpr std::string_view kFields = R"([
    {"name":"title","type":"string","stem":true},
    {"name":"tags","type":"string[]","optional":true}])";

TEST(PhraseLaws, ThePhraseIsThereWhateverElseIsMissing) {
  const SmallShop shop(
      kFields,
      {R"({"id":"0","title":"Cable, USB C"})", R"({"id":"1","title":"USB lamp, type C"})",
       R"({"id":"2","title":"Desk lamp"})", R"({"id":"3","title":"Hub","tags":["USB","C lamp"]})"});
  EXPECT_THAT(shop.Find("\"usb c\" lamp"), ElementsAre("0"));
  EXPECT_THAT(shop.Ask("\"usb c\" lamp").understanding.dropped, ElementsAre("lamp"));
  EXPECT_THAT(shop.Find("\u201cC lamp\u201d"), ElementsAre("3"));
  EXPECT_THAT(shop.Find("lamp -\"usb lamp\""), ElementsAre("2", "3"));
  EXPECT_THAT(shop.Ask("lamp -\"usb lamp\"").understanding.excluded, ElementsAre("usb lamp"));
}

TEST(PhraseLaws, WordsStandAsTheyAreWritten) {
  const SmallShop shop(
      kFields, {R"({"id":"0","title":"Running shoes"})", R"({"id":"1","title":"Running shoe"})"});
  EXPECT_THAT(shop.Find("\"running shoe\""), ElementsAre("1"));
  EXPECT_THAT(shop.Find("\"SHOES\""), ElementsAre("0"));
  EXPECT_THAT(shop.Find("\"runing shoes\""), IsEmpty());
  EXPECT_THAT(shop.Find("\"run\""), IsEmpty());
}

TEST(PhraseLaws, OfTooManyTextsTheWordsCount) {
  std::vector<std::string> products;
  const auto add = [&](size_t count) {
    for (size_t i = 0; i < count; ++i) {
      products.push_back(fmt::format(R"({{"id":"{}","title":"{}"}})", products.size(),
                                     products.size() % 2 == 0 ? "red shoe" : "shoe red"));
    }
  };
  add(limits::kPhraseTextsMax);
  SearchResponse response = SmallShop(kFields, products).Ask("\"red shoe\"");
  EXPECT_EQ(response.found, limits::kPhraseTextsMax / 2);
  EXPECT_THAT(response.understanding.loose_phrases, IsEmpty());
  add(1);
  response = SmallShop(kFields, products).Ask("\"red shoe\"");
  EXPECT_EQ(response.found, products.size());
  EXPECT_THAT(response.understanding.loose_phrases, ElementsAre("red shoe"));
}

}  // namespace
}  // namespace aisle
