// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chunks of a memtable are joined beside the writers: what changes meanwhile is not lost, and what
// a flush has taken stays with it.
#include "indexer/shard.h"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/document.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

constexpr uint32_t kPrice = 1;
constexpr int kIds = 60;

class ShardTest : public ::testing::Test {
 protected:
  using Model = std::map<std::string, int64_t>;  // id -> price

  ShardTest() : random_(TestSeed()) {
    schema_ = *IndexSchema::Create(*Schema::FromJson(*ParseJson(R"({"name":"c","fields":[
        {"name":"title","type":"string"},{"name":"price","type":"int64","hot":true}]})")));
  }

  std::string RandomId() { return std::to_string(random_() % kIds); }

  // Puts and deletes of some documents, and new prices of others.
  void Change() {
    ShardChanges changes;
    for (int i = 0; i < 3; ++i) {
      const std::string id = RandomId();
      const auto price = static_cast<int64_t>(random_() % 1000);
      if (!model_.contains(id)) continue;
      model_[id] = price;
      changes.hot.push_back({.id = id, .members = {HotMember{kPrice, price}}});
    }
    const auto is_hot = [&](const std::string& id) {
      return std::any_of(changes.hot.begin(), changes.hot.end(),
                         [&](const HotChange& change) { return change.id == id; });
    };
    for (int i = 0; i < 5; ++i) {
      const std::string id = RandomId();
      if (is_hot(id)) continue;
      changes.documents.push_back({id, random_() % 4 == 0 ? nullptr : NewDocument(id)});
      if (changes.documents.back().document == nullptr) model_.erase(id);
    }
    shard_.Apply(changes, shard_.MakeChunk(changes.documents, *schema_), schema_->schema(),
                 ++sequence_);
  }

  std::shared_ptr<const IndexedDocument> NewDocument(const std::string& id) {
    const auto price = static_cast<int64_t>(random_() % 1000);
    model_[id] = price;
    Json source(Json::Object{{"id", Json(id)}, {"title", Json("a thing")}, {"price", Json(price)}});
    return MapDocument(*ReadDocument(source, schema_->schema()), *schema_);
  }

  // By what the columns say, and by what the stored documents say.
  void ExpectModel() const {
    std::vector<SegmentView> views;
    shard_.AppendViews(&views);
    Model columns, stored;
    for (const SegmentView& view : views) {
      view.live->ForEach([&](DocId doc) {
        const std::string id(view.index().Id(doc));
        EXPECT_TRUE(
            columns.emplace(id, std::get<int64_t>(ValueAt(view.ColumnOf(kPrice), doc))).second)
            << id << " is live twice";
        const Json document = *ParseJson(*view.Document(doc));
        stored[document.Find("id")->as_string()] = document.Find("price")->as_int();
      });
    }
    EXPECT_EQ(columns, model_);
    EXPECT_EQ(stored, model_);
  }

  std::mt19937 random_;
  std::shared_ptr<const IndexSchema> schema_;
  Shard shard_{0, std::make_shared<Dictionaries>()};
  Model model_;
  uint64_t sequence_ = 0;
};

TEST_F(ShardTest, WhatChangesWhileChunksAreJoinedIsNotLost) {
  int joins = 0;
  for (int round = 0; round < 300; ++round) {
    Change();
    const std::vector<SegmentView> chunks = shard_.ChunksToJoin(MergeEffort::kTiers);
    ASSERT_EQ(chunks.size(), shard_.chunks_due(MergeEffort::kTiers));
    if (chunks.empty()) continue;
    ++joins;
    const auto joined = shard_.JoinChunks(chunks, *schema_);
    for (auto meanwhile = random_() % 4; meanwhile > 0; --meanwhile) Change();
    const size_t before = shard_.chunk_count();
    shard_.ReplaceChunks(chunks, joined, schema_->schema());
    EXPECT_EQ(shard_.chunk_count(), before - chunks.size() + (joined ? 1 : 0));
    ExpectModel();
  }
  EXPECT_GT(joins, 50);
}

// Of all the words that there are, chunks of a few documents have few.
TEST_F(ShardTest, FewWordsAmongManyAreJoined) {
  for (const int words : {0, 100'000}) {
    const auto dictionaries = std::make_shared<Dictionaries>();
    for (int i = 0; i < words; ++i) dictionaries->terms().Add("word" + std::to_string(i));
    const Shard shard(0, dictionaries);
    std::vector<SegmentView> chunks;
    for (const std::string id : {"1", "2", "3", "4"}) {
      const std::vector<IndexedChange> change = {{id, NewDocument(id)}};
      chunks.push_back(*shard.MakeChunk(change, *schema_));
    }
    const auto joined = shard.JoinChunks(chunks, *schema_);
    ASSERT_TRUE(joined);
    const PostingStore& postings = joined->index().postings();
    EXPECT_TRUE(std::is_sorted(postings.terms().begin(), postings.terms().end()));
    for (const std::string_view word : {"a", "thing"}) {
      EXPECT_EQ(postings.Find(*dictionaries->terms().Find(word)).size(), 4u) << word;
    }
  }
}

TEST_F(ShardTest, WhatAFlushHasTakenIsNotReplaced) {
  while (shard_.chunks_due(MergeEffort::kTiers) == 0) Change();
  const std::vector<SegmentView> chunks = shard_.ChunksToJoin(MergeEffort::kTiers);
  const auto joined = shard_.JoinChunks(chunks, *schema_);
  ASSERT_TRUE(shard_.StartFlush().is_flush);
  Change();
  shard_.ReplaceChunks(chunks, joined, schema_->schema());
  EXPECT_EQ(shard_.chunk_count(), 1);
  ExpectModel();
  // The flush failed: its chunks are there again, and the join is as good as before.
  shard_.AbandonFlush();
  Change();
  shard_.ReplaceChunks(chunks, joined, schema_->schema());
  ExpectModel();
}

TEST_F(ShardTest, ChunksWithoutLiveDocumentsVanish) {
  while (shard_.chunks_due(MergeEffort::kTiers) == 0) Change();
  ShardChanges deletes;
  for (const auto& [id, price] : model_) deletes.documents.push_back({id, nullptr});
  model_.clear();
  shard_.Apply(deletes, std::nullopt, schema_->schema(), ++sequence_);
  const std::vector<SegmentView> chunks = shard_.ChunksToJoin(MergeEffort::kTiers);
  const auto joined = shard_.JoinChunks(chunks, *schema_);
  EXPECT_FALSE(joined);
  Change();
  const size_t before = shard_.chunk_count();
  shard_.ReplaceChunks(chunks, joined, schema_->schema());
  EXPECT_EQ(shard_.chunk_count(), before - chunks.size());
  ExpectModel();
}

}  // namespace
}  // namespace aisle
