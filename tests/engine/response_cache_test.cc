// SPDX-License-Identifier: GPL-3.0-or-later
//
// With the cache every answer is what it is without, whatever is written between; and no answer is
// older than the last change that was acknowledged before it was asked for.
#include "engine/response_cache.h"

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

TEST(LruCache, DropsWhatWasNotAskedForTheLongest) {
  LruCache<int> cache(1000);
  cache.Add("a", std::make_shared<int>(1), 300);
  cache.Add("b", std::make_shared<int>(2), 300);
  const auto kept = cache.Find("a");
  cache.Add("c", std::make_shared<int>(3), 300);
  EXPECT_EQ(cache.Find("b"), nullptr);
  ASSERT_NE(cache.Find("a"), nullptr);
  ASSERT_NE(cache.Find("c"), nullptr);
  cache.Add("large", std::make_shared<int>(4), 1001);
  EXPECT_EQ(cache.Find("large"), nullptr);
  cache.Add("full", std::make_shared<int>(5), 800);
  EXPECT_EQ(cache.statistics().entries, 1u);
  EXPECT_LE(cache.statistics().bytes, 1000u);
  EXPECT_EQ(*kept, 1);
}

std::unique_ptr<Engine> OpenWithLaws(const TempDirectory& directory) {
  auto engine = Engine::Open({.data_dir = directory.path(), .memtable_documents = 40});
  EXPECT_TRUE(engine.ok()) << engine.status();
  Json::Object json = LawSchema().ToJson().as_object();
  json.emplace_back("default_sorting_field", "price");
  EXPECT_TRUE((*engine)->CreateCollection(*Schema::FromJson(Json(std::move(json)))).ok());
  return *std::move(engine);
}

std::string Ask(const Engine& engine, SuggestRequest request, bool use_cache) {
  request.use_cache = use_cache;
  auto response = engine.Suggest("law", request);
  if (!response.ok()) return std::string(response.status().message());
  response->search_time_ms = 0;
  std::string text;
  JsonWriter writer(&text);
  WriteSuggestResponse(request, *response, &writer);
  return text;
}

std::string Ask(const Engine& engine, SearchRequest request, bool use_cache) {
  request.use_cache = use_cache;
  auto response = engine.Search("law", request);
  if (!response.ok()) return std::string(response.status().message());
  response->search_time_ms = 0;
  std::string text;
  JsonWriter writer(&text);
  WriteSearchResponse("law", request, *response, &writer);
  return text;
}

double MetricOf(const Engine& engine, std::string_view name) {
  for (const Metric& metric : engine.Metrics()) {
    if (metric.name == name) return metric.value;
  }
  return -1;
}

TEST(ResponseCache, NeverChangesAnAnswer) {
  Random random(TestSeed());
  TempDirectory directory;
  const auto engine = OpenWithLaws(directory);
  std::vector<SearchRequest> searches;
  std::vector<SuggestRequest> suggestions;
  for (const char* q : {"r", "sh", "ru", "lam", "l", "running s"}) {
    searches.push_back(MakeRandomSearch(random).WithFilter());
    suggestions.emplace_back().q = q;
    if (Below(random, 2) == 0) suggestions.back().filter_by = RandomFilterPart(random).text;
  }
  for (int step = 0; step < 400; ++step) {
    const std::string id = fmt::format("d{}", Below(random, 60));
    switch (Below(random, 6)) {
      case 0:
        (void)engine->DeleteDocument("law", id);
        break;
      case 1: {
        std::vector<absl::StatusOr<Json>> update;
        update.push_back(Json(Json::Object{{"id", Json(id)}, {"price", Json(1.5)}}));
        (void)engine->WriteDocuments("law", WriteAction::kUpdate, std::move(update));
        break;
      }
      case 2: {
        std::vector<absl::StatusOr<Json>> put;
        put.push_back(RandomDocument(random, id));
        ASSERT_TRUE(engine->WriteDocuments("law", WriteAction::kUpsert, std::move(put)).ok());
        break;
      }
      default:
        break;
    }
    const SearchRequest& search = searches[Below(random, searches.size())];
    ASSERT_EQ(Ask(*engine, search, true), Ask(*engine, search, false));
    const SuggestRequest& suggestion = suggestions[Below(random, suggestions.size())];
    ASSERT_EQ(Ask(*engine, suggestion, true), Ask(*engine, suggestion, false));
  }
  // Else nothing was tested.
  EXPECT_GT(MetricOf(*engine, "response_cache_hits_total"), 50);
  EXPECT_GT(MetricOf(*engine, "response_cache_misses_total"), 50);
}

TEST(ResponseCache, IsAskedForFewLettersUnlessTold) {
  const auto wants = [](std::string q) {
    SuggestRequest request;
    request.q = std::move(q);
    return ResponseCache::Wants(request);
  };
  EXPECT_TRUE(wants(""));
  EXPECT_TRUE(wants("caf"));
  EXPECT_TRUE(wants("äöü "));
  EXPECT_FALSE(wants("café"));
  SuggestRequest told;
  told.q = "a";
  told.use_cache = false;
  EXPECT_FALSE(ResponseCache::Wants(told));
}

TEST(ResponseCache, IsNeverBehindAnAcknowledgedWrite) {
  TempDirectory directory;
  const auto engine = OpenWithLaws(directory);
  constexpr uint64_t kWrites = 60;
  std::atomic<uint64_t> acknowledged = 0;
  std::vector<std::thread> readers;
  std::atomic<int> stale = 0;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (acknowledged < kWrites) {
        const uint64_t before = acknowledged;
        SuggestRequest request;
        request.q = "sh";
        const auto response = engine->Suggest("law", request);
        if (!response.ok() || (*response)->found < before) ++stale;
      }
    });
  }
  for (uint64_t i = 0; i < kWrites; ++i) {
    std::vector<absl::StatusOr<Json>> put;
    put.push_back(*ParseJson(fmt::format(R"({{"id":"{}","title":"shoe","price":{}}})", i, i)));
    const auto written = engine->WriteDocuments("law", WriteAction::kCreate, std::move(put));
    if (!written.ok()) ++stale;
    ++acknowledged;
  }
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(stale, 0);
}

}  // namespace
}  // namespace aisle
