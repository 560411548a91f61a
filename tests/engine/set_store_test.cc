// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/set_store.h"

#include <fstream>

#include <gtest/gtest.h>

#include "engine/engine.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

absl::StatusOr<SynonymSet> SetOf(std::string_view name, std::string_view json) {
  return SynonymSet::FromJson(name, *ParseJson(json));
}

// An engine whose collection `shop` has one product, a grey sofa.
std::unique_ptr<Engine> ShopWithASofa(const std::string& data_dir) {
  auto engine = *Engine::Open({.data_dir = data_dir, .default_shards = 1});
  const auto schema = Schema::FromJson(
      *ParseJson(R"({"name":"shop","fields":[{"name":"title","type":"string"}]})"));
  EXPECT_TRUE(engine->CreateCollection(*schema).ok());
  std::vector<absl::StatusOr<Json>> documents;
  documents.push_back(ParseJson(R"({"id":"1","title":"grey sofa"})"));
  EXPECT_TRUE(engine->WriteDocuments("shop", WriteAction::kUpsert, std::move(documents)).ok());
  return engine;
}

TEST(SynonymStore, SetsSurviveARestart) {
  const TempDirectory directory;
  {
    const auto store = *SynonymStore::Open(directory.path());
    EXPECT_TRUE(store->Current()->sets().empty());
    ASSERT_TRUE(store->Put(*SetOf("a", R"({"items":[{"synonyms":["sofa","couch"]}]})")).ok());
    ASSERT_TRUE(store->Put(*SetOf("b", R"({"items":[{"root":"x","synonyms":["y"]}]})")).ok());
    ASSERT_TRUE(store->Put(*SetOf("a", R"({"items":[{"synonyms":["tent","yurt"]}]})")).ok());
    EXPECT_EQ(store->version(), 3u);
    EXPECT_FALSE(store->Remove("c").ok());
    EXPECT_TRUE(store->Remove("b").ok());
  }
  const auto store = *SynonymStore::Open(directory.path());
  ASSERT_EQ(store->Current()->sets().size(), 1u);
  EXPECT_EQ(store->Current()->sets()[0].items[0].synonyms,
            (std::vector<std::string>{"tent", "yurt"}));
}

TEST(SynonymStore, AFileThatIsNoneIsNotOverwritten) {
  const TempDirectory directory;
  std::ofstream(directory.path() + "/synonym_sets.json") << "{";
  const auto store = SynonymStore::Open(directory.path());
  EXPECT_EQ(store.status().code(), absl::StatusCode::kDataLoss);
}

TEST(SynonymStore, MistakesAreNamed) {
  for (const char* json : {"[]", "{}", R"({"items":[1]})", R"({"items":[{"synonyms":["a"]}]})",
                           R"({"items":[{"synonyms":["a",1]}]})", R"({"items":[{"root":"a"}]})",
                           R"({"items":[{"root":1,"synonyms":["a"]}]})"}) {
    const auto set = SetOf("s", json);
    EXPECT_EQ(set.status().code(), absl::StatusCode::kInvalidArgument) << json;
  }
  EXPECT_FALSE(SetOf("bad name", R"({"items":[]})").ok());
}

TEST(StopWordStore, SetsSurviveARestart) {
  const TempDirectory directory;
  const auto set_of = [](std::string_view json) {
    return StopWordSet::FromJson("common", *ParseJson(json));
  };
  {
    const auto store = *StopWordStore::Open(directory.path());
    EXPECT_EQ(store->Get("common").status().code(), absl::StatusCode::kNotFound);
    ASSERT_TRUE(store->Put(*set_of(R"({"stopwords":["the"]})")).ok());
    ASSERT_TRUE(store->Put(*set_of(R"({"stopwords":["der","die"],"locale":"de"})")).ok());
  }
  const auto store = *StopWordStore::Open(directory.path());
  ASSERT_TRUE(store->Get("common").ok());
  EXPECT_EQ(store->Get("common")->ToJson().Dump(),
            R"({"id":"common","stopwords":["der","die"],"locale":"de"})");
  EXPECT_TRUE(store->Remove("common").ok());
  EXPECT_TRUE(store->Current()->sets().empty());
}

TEST(StopWordStore, MistakesAreNamed) {
  for (const char* json :
       {"[]", "{}", R"({"stopwords":[]})", R"({"stopwords":"the"})", R"({"stopwords":["a",1]})",
        R"({"stopwords":[""]})", R"({"stopwords":["a"],"locale":"xx"})",
        R"({"stopwords":["a"],"locale":1})"}) {
    const auto set = StopWordSet::FromJson("s", *ParseJson(json));
    EXPECT_EQ(set.status().code(), absl::StatusCode::kInvalidArgument) << json;
  }
  EXPECT_FALSE(StopWordSet::FromJson("bad name", *ParseJson(R"({"stopwords":["a"]})")).ok());
}

TEST(StopWordStore, AChangeIsSeenByTheNextSearchAlsoWithACache) {
  const TempDirectory directory;
  const auto engine = ShopWithASofa(directory.path());
  const auto put = [&](std::string_view json) {
    return engine->PutStopWordSet(*StopWordSet::FromJson("common", *ParseJson(json)));
  };
  SearchRequest request;
  request.q = "the sofa";
  request.use_cache = true;
  request.drop_tokens_threshold = 0;
  request.stop_words = "common";
  EXPECT_EQ(engine->Search("shop", request).status().code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(put(R"({"stopwords":["of"]})").ok());
  EXPECT_EQ((*engine->Search("shop", request))->found, 0u);
  ASSERT_TRUE(put(R"({"stopwords":["the"]})").ok());
  EXPECT_EQ((*engine->Search("shop", request))->found, 1u);
  const auto explained = engine->Explain("shop", request, "1");
  ASSERT_TRUE(explained.ok()) << explained.status();
  EXPECT_EQ(explained->stop_words, std::vector<std::string>{"the"});
  ASSERT_TRUE(engine->DropStopWordSet("common").ok());
  EXPECT_FALSE(engine->Search("shop", request).ok());
}

TEST(SynonymStore, AChangeIsSeenByTheNextSearchAlsoWithACache) {
  const TempDirectory directory;
  const auto engine = ShopWithASofa(directory.path());
  SearchRequest request;
  request.q = "couch";
  request.use_cache = true;
  EXPECT_EQ((*engine->Search("shop", request))->found, 0u);
  ASSERT_TRUE(
      engine->PutSynonymSet(*SetOf("a", R"({"items":[{"synonyms":["sofa","couch"]}]})")).ok());
  EXPECT_EQ((*engine->Search("shop", request))->found, 1u);
  EXPECT_EQ(engine->ListSynonymSets().size(), 1u);
  EXPECT_TRUE(engine->GetSynonymSet("a").ok());
  ASSERT_TRUE(engine->DropSynonymSet("a").ok());
  EXPECT_EQ((*engine->Search("shop", request))->found, 0u);
}

TEST(Explanation, SaysWhereAProductIsAndWhyNot) {
  const TempDirectory directory;
  const auto engine = *Engine::Open({.data_dir = directory.path(), .default_shards = 1});
  const auto schema = Schema::FromJson(*ParseJson(
      R"({"name":"shop","fields":[{"name":"title","type":"string"},{"name":"price","type":"float"}]})"));
  ASSERT_TRUE(engine->CreateCollection(*schema).ok());
  std::vector<absl::StatusOr<Json>> documents;
  documents.push_back(ParseJson(R"({"id":"1","title":"red lamp","price":5.0})"));
  documents.push_back(ParseJson(R"({"id":"2","title":"red red table lamp","price":50.0})"));
  ASSERT_TRUE(engine->WriteDocuments("shop", WriteAction::kUpsert, std::move(documents)).ok());
  SearchRequest request;
  request.q = "red lamp";
  request.drop_tokens_threshold = 0;
  auto first = engine->Explain("shop", request, "1");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_TRUE(first->is_found);
  EXPECT_TRUE(first->place.has_value());
  ASSERT_EQ(first->hit.words.size(), 2u);
  ASSERT_EQ(first->hit.words[0].fields.size(), 1u);
  EXPECT_EQ(first->hit.words[0].fields[0].field, "title");
  request.filter_by = "price:<10";
  const auto filtered = engine->Explain("shop", request, "2");
  ASSERT_TRUE(filtered.ok()) << filtered.status();
  EXPECT_FALSE(filtered->is_found);
  EXPECT_EQ(filtered->failed_filters.size(), 1u);
  request.filter_by.clear();
  request.q = "red chair";
  const auto lacking = engine->Explain("shop", request, "1");
  EXPECT_EQ(lacking->reason, "it lacks chair");
  EXPECT_FALSE(engine->Explain("shop", request, "3")->in_index);
  EXPECT_FALSE(engine->Explain("shop", request, "").ok());
}

}  // namespace
}  // namespace aisle
