// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents of any types and shapes into a collection without fields: each is accepted or refused,
// and what is accepted is there for ever, byte for byte, and can be patched.
#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/engine.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

using ::testing::HasSubstr;
using Random = std::mt19937;

constexpr char kCollection[] = "odd";

std::unique_ptr<Engine> OpenEngine(const std::string& directory) {
  EngineOptions options;
  options.data_dir = directory;
  options.default_shards = 2;
  options.memtable_documents = 20;  // many segments and merges
  auto engine = Engine::Open(options);
  EXPECT_TRUE(engine.ok()) << engine.status();
  return engine.ok() ? *std::move(engine) : nullptr;
}

absl::Status Write(Engine* engine, WriteAction action, std::string_view text,
                   std::string* stored = nullptr) {
  std::vector<absl::StatusOr<Json>> documents;
  documents.push_back(ParseJson(text));
  auto results = engine->WriteDocuments(kCollection, action, std::move(documents));
  RETURN_IF_ERROR(results.status());
  if (results->front().ok() && stored != nullptr) *stored = results->front()->Dump();
  return results->front().status();
}

// Flushes and merges that failed since the engine was opened; they are tried again, so nothing else
// shows them.
double MaintenanceFailures(const Engine& engine) {
  double failures = 0;
  for (const Metric& metric : engine.Metrics()) {
    if (metric.name == "maintenance_failures_total") failures += metric.value;
  }
  return failures;
}

using Texts = std::map<std::string, std::string>;

absl::StatusOr<Texts> ReadAll(const Engine& engine) {
  Texts texts;
  RETURN_IF_ERROR(engine.ExportDocuments(kCollection, {}, [&](std::string_view json) {
    texts[ParseJson(json)->Find("id")->as_string()] = json;
    return true;
  }));
  return texts;
}

Json RandomValue(Random& random, int depth) {
  static constexpr std::array<const char*, 13> kScalars = {
      "null",           "true",   "1",     "9007199254740993", "2.5",
      "\"\"",           "\"  \"", "\"a\"", "\"b c\"",          "\"http://x\"",
      "\"2024-01-02\"", "1.0",    "-3"};
  const size_t dice = random() % (depth == 0 ? 6 : 10);
  if (dice < 6) return *ParseJson(kScalars[random() % kScalars.size()]);
  if (dice < 8) {
    Json::Array array;
    for (size_t i = random() % 4; i > 0; --i) array.push_back(RandomValue(random, depth - 1));
    return array;
  }
  static constexpr std::array<const char*, 6> kNames = {"w",   "b",       "id",
                                                        "w.b", "no name", "no name"};
  Json object{Json::Object()};
  for (size_t i = random() % 3; i > 0; --i) {
    object.Set(kNames[random() % kNames.size()], RandomValue(random, depth - 1));
  }
  return object;
}

Json RandomOddDocument(Random& random, const std::string& id) {
  static constexpr std::array<const char*, 8> kNames = {"a",   "m",   "n",       "a.w",
                                                        "a.b", "x.w", "no name", "x"};
  Json document(Json::Object{{"id", id}});
  for (size_t i = random() % 4; i > 0; --i) {
    document.Set(kNames[random() % kNames.size()], RandomValue(random, 3));
  }
  return document;
}

// One collection and what was accepted into it.
class OddCollection {
 public:
  explicit OddCollection(Random* random) : random_(random) {
    engine_ = OpenEngine(directory_.path());
    EXPECT_TRUE(engine_->CreateCollection(*Schema::Create(kCollection, {})).ok());
  }

  void Step() {
    const size_t dice = (*random_)() % 100;
    if (dice < 90) return DoWrite();
    if (dice < 94) return Check();
    if (dice < 97) {
      const absl::Status flushed = engine_->Flush(kCollection);
      EXPECT_TRUE(flushed.ok()) << flushed;
      return;
    }
    engine_.reset();
    engine_ = OpenEngine(directory_.path());
    ASSERT_NE(engine_, nullptr);
    Check();
  }

  void Check() {
    const auto found = ReadAll(*engine_);
    ASSERT_TRUE(found.ok()) << found.status();
    ASSERT_EQ(*found, accepted_);
    ASSERT_EQ(MaintenanceFailures(*engine_), 0);
  }

  // Every document takes a title, and keeps all else.
  void PatchAll() {
    for (auto& [id, text] : accepted_) {
      Json expected = *ParseJson(text);
      const Json patch(Json::Object{{"id", id}, {"title", "new"}});
      expected.Set("title", "new");
      const absl::Status status = Write(engine_.get(), WriteAction::kUpdate, patch.Dump());
      ASSERT_TRUE(status.ok()) << text << ": " << status;
      text = expected.Dump();
    }
  }

  size_t accepted() const { return accepted_.size(); }
  size_t refused() const { return refused_; }

 private:
  void DoWrite() {
    const std::string id = std::to_string((*random_)() % 200);
    const Json document = RandomOddDocument(*random_, id);
    const WriteAction action = (*random_)() % 4 == 0 ? WriteAction::kEmplace : WriteAction::kUpsert;
    std::string stored;
    const absl::Status status = Write(engine_.get(), action, document.Dump(), &stored);
    EXPECT_TRUE(status.ok() || absl::IsInvalidArgument(status)) << status;
    if (status.ok()) accepted_[id] = stored;
    refused_ += !status.ok();
    if (status.ok() && action == WriteAction::kUpsert) EXPECT_EQ(stored, document.Dump());
  }

  Random* const random_;
  TempDirectory directory_;
  std::unique_ptr<Engine> engine_;
  Texts accepted_;
  size_t refused_ = 0;
};

TEST(OddDocuments, WhatIsAcceptedStays) {
  Random random(TestSeed());
  size_t accepted = 0;
  size_t refused = 0;
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE(round);
    OddCollection collection(&random);
    for (int step = 0; step < 150; ++step) {
      collection.Step();
      if (::testing::Test::HasFailure()) return;
    }
    collection.Check();
    collection.PatchAll();
    collection.Check();
    if (::testing::Test::HasFailure()) return;
    accepted += collection.accepted();
    refused += collection.refused();
  }
  std::printf("%zu documents, %zu writes refused\n", accepted, refused);
  EXPECT_GT(accepted, 100u);
  EXPECT_GT(refused, 100u);
}

struct Pair {
  const char* first;
  const char* second;
  bool is_accepted;  // the second; the first always is
};

void CheckPair(const Pair& pair, bool flush) {
  TempDirectory directory;
  auto engine = OpenEngine(directory.path());
  ASSERT_TRUE(engine->CreateCollection(*Schema::Create(kCollection, {}), 1).ok());
  const auto text = [](const char* id, const char* rest) {
    return fmt::format(R"({{"id":"{}","t":"x",{}}})", id, rest);
  };
  const auto maybe_flush = [&] {
    if (flush) EXPECT_TRUE(engine->Flush(kCollection).ok());
  };
  ASSERT_TRUE(Write(engine.get(), WriteAction::kUpsert, text("1", pair.first)).ok());
  maybe_flush();
  const absl::Status second = Write(engine.get(), WriteAction::kUpsert, text("2", pair.second));
  EXPECT_EQ(second.ok(), pair.is_accepted) << second;
  EXPECT_TRUE(second.ok() || absl::IsInvalidArgument(second)) << second;
  maybe_flush();
  engine.reset();
  engine = OpenEngine(directory.path());
  ASSERT_NE(engine, nullptr);
  auto found = ReadAll(*engine);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->at("1"), text("1", pair.first));
  EXPECT_EQ(found->size(), pair.is_accepted ? 2u : 1u);
  // Enough segments of one document that they are merged, the first two among them.
  for (int i = 0; i < 12; ++i) {
    const std::string more = fmt::format(R"({{"id":"more{}"}})", i);
    ASSERT_TRUE(Write(engine.get(), WriteAction::kUpsert, more).ok());
    ASSERT_TRUE(engine->Flush(kCollection).ok());
  }
  EXPECT_EQ(MaintenanceFailures(*engine), 0);
  EXPECT_TRUE(Write(engine.get(), WriteAction::kUpdate, R"({"id":"1","title":"new"})").ok());
}

// The second either fits or is refused; either way the collection opens, merges and takes patches.
TEST(OddDocuments, PairsThatDoNotGoTogether) {
  for (const Pair& pair : std::initializer_list<Pair>{
           {R"("m":[])", R"("m":3)", true},
           {R"("m":{})", R"("m":"s")", true},
           {R"("m":[null])", R"("m":"a")", true},
           {R"("m":3)", R"("m":[])", true},
           {R"("m":3)", R"("m":{})", true},
           {R"("m":3)", R"("m":{"w":1})", false},
           {R"("m":{"no name":1})", R"("m":"s")", true},  // then the first does not fit any more
           {R"("a":{"w":1})", R"("a":"s")", false},
           {R"("a":{"b":{"w":1}})", R"("a":{"b":5})", false},
           {R"("a":{"w":1})", R"("a":[])", true}}) {
    for (const bool flush : {false, true}) {
      SCOPED_TRACE(fmt::format("{} then {}, flush: {}", pair.first, pair.second, flush));
      CheckPair(pair, flush);
    }
  }
}

TEST(OddDocuments, ACollectionThatCannotBeOpenedDoesNotStopTheOthers) {
  TempDirectory directory;
  {
    auto engine = OpenEngine(directory.path());
    ASSERT_TRUE(engine->CreateCollection(*Schema::Create(kCollection, {})).ok());
    ASSERT_TRUE(engine->CreateCollection(*Schema::Create("broken", {})).ok());
    ASSERT_TRUE(Write(engine.get(), WriteAction::kUpsert, R"({"id":"1"})").ok());
  }
  std::string file;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path())) {
    const std::string path = entry.path().string();
    if (path.find("broken@") == std::string::npos || !path.ends_with("collection.db")) continue;
    std::filesystem::resize_file(path, 100);
    file = path;
  }
  ASSERT_FALSE(file.empty());
  for (int restart = 0; restart < 2; ++restart) {
    auto engine = OpenEngine(directory.path());
    ASSERT_NE(engine, nullptr);
    EXPECT_EQ(engine->ListCollections().size(), 1u);
    EXPECT_EQ(ReadAll(*engine)->size(), 1u);
    const absl::Status looked = engine->GetCollection("broken").status();
    EXPECT_TRUE(absl::IsUnavailable(looked)) << looked;
    EXPECT_THAT(looked.ToString(), HasSubstr("`broken` cannot be opened: "));
    const absl::Status created = engine->CreateCollection(*Schema::Create("broken", {})).status();
    EXPECT_TRUE(absl::IsAlreadyExists(created)) << created;
    EXPECT_THAT(created.ToString(), HasSubstr("cannot be opened: "));
    EXPECT_FALSE(engine->DropCollection("broken").ok());
    EXPECT_EQ(std::filesystem::file_size(file), 100u);
  }
}

}  // namespace
}  // namespace aisle
