// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searches that are asked at once are answered as if each were asked alone, whatever they share;
// and all of them on the same documents, whatever is written meanwhile.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/engine.h"
#include "server/search_writer.h"
#include "tests/laws/random_catalog.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

using Searches = std::vector<absl::StatusOr<CollectionSearch>>;

// A collection "law" of `documents` products, a tenth of which are deleted again.
std::unique_ptr<Engine> OpenWithProducts(const TempDirectory& directory, Random& random,
                                         size_t documents) {
  auto engine = Engine::Open({.data_dir = directory.path(), .memtable_documents = documents / 3});
  EXPECT_TRUE(engine.ok()) << engine.status();
  EXPECT_TRUE((*engine)->CreateCollection(LawSchema(), 2).ok());
  std::vector<absl::StatusOr<Json>> batch;
  for (size_t i = 0; i < documents; ++i) {
    batch.push_back(RandomDocument(random, fmt::format("d{}", i)));
    if (batch.size() < 500 && i + 1 < documents) continue;
    EXPECT_TRUE((*engine)->WriteDocuments("law", WriteAction::kUpsert, std::move(batch)).ok());
    batch.clear();
  }
  for (size_t i = 0; i < documents / 10; ++i) {
    (void)(*engine)->DeleteDocument("law", fmt::format("d{}", Below(random, documents)));
  }
  return *std::move(engine);
}

std::string TextOf(const SearchRequest& request,
                   absl::StatusOr<SharedResponse<SearchResponse>> response) {
  if (!response.ok()) return response.status().ToString();
  response->search_time_ms = 0;
  std::string text;
  JsonWriter writer(&text);
  WriteSearchResponse("law", request, *response, &writer);
  return text;
}

// As a page with refined facets asks: the same words, with other filters, facets and orders; and
// other searches between.
Searches RandomPage(Random& random) {
  static const std::vector<std::string> kWords = {
      "shoe", "running shoe", "ruby lamp", "red", "lamp -red", "\"running shoe\"", "runing shoe",
      "sh",   "d7",           "",          "*",   "unknown",   "lamp for a shoe",  "shoe red ruby"};
  const SearchRequest words = {.q = kWords[Below(random, kWords.size())],
                               .prefix = Below(random, 2) == 0,
                               .drop_tokens_threshold = Below(random, 2) == 0 ? 300u : 0u};
  Searches searches;
  for (size_t i = 0, count = 2 + Below(random, 4); i < count; ++i) {
    SearchRequest request = MakeRandomSearch(random).WithFilter();
    if (Below(random, 4) > 0) {
      request.q = words.q;
      request.query_by.clear();
      request.query_by_weights.clear();
      request.prefix = words.prefix;
      request.drop_tokens_threshold = words.drop_tokens_threshold;
      request.num_typos = words.num_typos;
      request.word_forms = words.word_forms;
    }
    request.rerank = Below(random, 2) == 0;
    if (Below(random, 8) == 0) request.filter_by = "no such field";
    searches.push_back(CollectionSearch{"law", std::move(request)});
  }
  return searches;
}

void ExpectAsAlone(const Engine& engine, const Searches& searches) {
  const auto answers = engine.SearchAll(searches);
  ASSERT_EQ(answers.size(), searches.size());
  for (size_t i = 0; i < searches.size(); ++i) {
    const SearchRequest& request = searches[i]->request;
    ASSERT_EQ(TextOf(request, answers[i]), TextOf(request, engine.Search("law", request)))
        << "q " << request.q << ", filter " << request.filter_by << ", search " << i;
  }
}

TEST(SearchAll, AnswersAsIfEachWereAskedAlone) {
  Random random(TestSeed());
  TempDirectory directory;
  const auto engine = OpenWithProducts(directory, random, 400);
  for (int round = 0; round < 300; ++round) ExpectAsAlone(*engine, RandomPage(random));
}

// Segments that are large enough for bitmaps, blocks and sorted lists of documents by value.
TEST(SearchAll, AnswersAsIfEachWereAskedAloneInLargeSegments) {
  Random random(TestSeed());
  TempDirectory directory;
  const auto engine = OpenWithProducts(directory, random, 12'000);
  ASSERT_TRUE(engine->Flush("law").ok());
  for (int round = 0; round < 150; ++round) ExpectAsAlone(*engine, RandomPage(random));
}

TEST(SearchAll, AnErrorIsThatOfItsSearch) {
  Random random(TestSeed());
  TempDirectory directory;
  const auto engine = OpenWithProducts(directory, random, 50);
  const SearchRequest fine = {.q = "shoe"};
  const SearchRequest wrong = {.q = "shoe", .filter_by = "no_such_field:1"};
  const Searches searches = {CollectionSearch{"law", fine}, CollectionSearch{"none", fine},
                             absl::InvalidArgumentError("not read"), CollectionSearch{"law", wrong},
                             CollectionSearch{"law", fine}};
  const auto answers = engine->SearchAll(searches);
  ASSERT_EQ(answers.size(), 5u);
  ASSERT_TRUE(answers[0].ok());
  EXPECT_TRUE(absl::IsNotFound(answers[1].status()));
  EXPECT_EQ(answers[2].status().message(), "not read");
  EXPECT_TRUE(absl::IsInvalidArgument(answers[3].status()));
  ASSERT_TRUE(answers[4].ok());
  EXPECT_EQ((*answers[4])->found, (*answers[0])->found);
  EXPECT_TRUE(engine->SearchAll({}).empty());
}

TEST(SearchAll, SeesTheSameDocumentsInAllSearches) {
  Random random(TestSeed());
  TempDirectory directory;
  const auto engine = OpenWithProducts(directory, random, 50);
  std::atomic<bool> is_done = false;
  std::atomic<int> different = 0, pages = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&] {
      Searches searches;
      for (uint64_t i = 0; i < 8; ++i) {
        searches.push_back(CollectionSearch{"law", {.page = 1 + i, .per_page = 5}});
      }
      do {
        const auto answers = engine->SearchAll(searches);
        for (const auto& answer : answers) {
          if (!answer.ok() || (*answer)->found != (*answers[0])->found) ++different;
        }
        ++pages;
      } while (!is_done);
    });
  }
  for (int i = 0; i < 200; ++i) {
    std::vector<absl::StatusOr<Json>> put;
    put.push_back(RandomDocument(random, fmt::format("new{}", i)));
    EXPECT_TRUE(engine->WriteDocuments("law", WriteAction::kUpsert, std::move(put)).ok());
  }
  is_done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(different, 0);
  EXPECT_GT(pages, 4);
}

}  // namespace
}  // namespace aisle
