// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/manifest.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

using Code = absl::StatusCode;

class ManifestTest : public testing::Test {
 protected:
  ManifestState Initial() const {
    ManifestState initial;
    initial.schema_json = R"({"fields":[]})";
    initial.shards = 3;
    initial.created_at = 1700000000;
    return initial;
  }
  // What is in the directory, by a manifest opened for it.
  absl::StatusOr<ManifestState> Stored() const {
    ASSIGN_OR_RETURN(auto manifest, Manifest::Open(path_));
    return manifest->Read();
  }
  // Runs SQL on the file behind the manifest's back.
  void Tamper(const std::string& sql) const {
    auto database = SqliteDatabase::Open(path_ + "/collection.db", SqliteDatabase::Mode::kOpen);
    ASSERT_TRUE(database.ok()) << database.status();
    const absl::Status status = database->Execute(sql);
    ASSERT_TRUE(status.ok()) << status;
  }

  TempDirectory directory_;
  const std::string path_ = directory_.path() + "/collection";
};

TEST_F(ManifestTest, IsReadAsCreated) {
  ManifestState initial = Initial();
  initial.segments = {{.id = 4, .shard = 0, .documents = 10, .live = {}},
                      {.id = 3, .shard = 2, .documents = 5, .live = std::string("\0\1", 2)},
                      {.id = 2, .shard = 2, .documents = 6, .live = {}}};
  initial.next_segment = 5;
  {
    const auto manifest = Manifest::Create(path_, initial);
    ASSERT_TRUE(manifest.ok()) << manifest.status();
    EXPECT_EQ((*manifest)->Read().value(), initial);
  }
  EXPECT_EQ(Stored().value(), initial);
}

TEST_F(ManifestTest, CreatesOnlyOnce) {
  ASSERT_TRUE(Manifest::Create(path_, Initial()).ok());
  ManifestState other = Initial();
  other.shards = 1;
  EXPECT_EQ(Manifest::Create(path_, other).status().code(), Code::kAlreadyExists);
  EXPECT_EQ(Stored().value(), Initial());
}

TEST_F(ManifestTest, WhatWasNeverCreatedIsNotFound) {
  EXPECT_EQ(Stored().status().code(), Code::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(path_)) << "looking leaves nothing behind";
}

TEST_F(ManifestTest, ACreationCutShortDoesNotCount) {
  std::filesystem::create_directory(path_);
  ASSERT_TRUE(SqliteDatabase::Open(path_ + "/collection.db", SqliteDatabase::Mode::kCreate).ok());
  const auto status = Stored().status();
  EXPECT_EQ(status.code(), Code::kNotFound) << status;
  EXPECT_TRUE(Manifest::Create(path_, Initial()).ok());
  EXPECT_EQ(Stored().value(), Initial());
}

TEST_F(ManifestTest, OneProcessAtATime) {
  auto manifest = Manifest::Create(path_, Initial());
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  const pid_t child = fork();
  if (child == 0) {
    const absl::Status status = Stored().status();
    const bool refused = status.code() == Code::kFailedPrecondition &&
                         Message(status).find(path_) != std::string_view::npos;
    _exit(refused ? 0 : 1);
  }
  int result = -1;
  ASSERT_EQ(waitpid(child, &result, 0), child);
  EXPECT_EQ(result, 0);
  manifest->reset();
  EXPECT_TRUE(Stored().ok());
}

TEST_F(ManifestTest, IdsAreNeverGivenTwice) {
  ASSERT_TRUE(Manifest::Create(path_, Initial()).ok());
  for (uint64_t expected = 1; expected <= 6; expected += 2) {
    const auto manifest = Manifest::Open(path_);
    ASSERT_TRUE(manifest.ok()) << manifest.status();
    EXPECT_EQ((*manifest)->AllocateSegmentId().value(), expected);
    EXPECT_EQ((*manifest)->AllocateSegmentId().value(), expected + 1);
  }
}

TEST_F(ManifestTest, ACommitReplacesTheListOfItsShardOnly) {
  std::mt19937 random(TestSeed());
  ASSERT_TRUE(Manifest::Create(path_, Initial()).ok());
  std::map<uint32_t, std::vector<SegmentRecord>> model;
  ManifestState expected = Initial();
  for (int round = 0; round < 20; ++round) {
    const auto manifest = Manifest::Open(path_);
    ASSERT_TRUE(manifest.ok()) << manifest.status();
    for (int i = 0; i < 10; ++i) {
      const auto shard = static_cast<uint32_t>(random() % 3);
      std::vector<SegmentRecord>& list = model[shard];
      std::erase_if(list, [&](const SegmentRecord&) { return random() % 4 == 0; });
      for (SegmentRecord& segment : list) {
        segment.live.assign(random() % 9000, 'L');
        segment.hot.assign(random() % 3 == 0 ? 0 : random() % 9000, 'H');
      }
      const auto id = (*manifest)->AllocateSegmentId();
      ASSERT_TRUE(id.ok()) << id.status();
      list.insert(
          list.begin() + static_cast<ptrdiff_t>(random() % (list.size() + 1)),
          {.id = *id, .shard = shard, .documents = static_cast<uint32_t>(random()), .live = {}});
      ASSERT_TRUE((*manifest)->CommitSegments({.shard = shard, .segments = list}).ok());
      expected.next_segment = *id + 1;
    }
    expected.segments.clear();
    for (const auto& [shard, list] : model) {
      expected.segments.insert(expected.segments.end(), list.begin(), list.end());
    }
    ASSERT_EQ((*manifest)->Read().value(), expected);
  }
  EXPECT_EQ(Stored().value(), expected);
}

TEST_F(ManifestTest, ARefusedCommitChangesNothing) {
  ASSERT_TRUE(Manifest::Create(path_, Initial()).ok());
  {
    const auto manifest = Manifest::Open(path_);
    const uint64_t id = (*manifest)->AllocateSegmentId().value();
    const SegmentRecord good{.id = id, .shard = 1, .documents = 1, .live = {}};
    ASSERT_TRUE((*manifest)->CommitSegments({.shard = 1, .segments = {good}}).ok());
    const ManifestState before = (*manifest)->Read().value();

    SegmentRecord of_other_shard = good;
    of_other_shard.shard = 2;
    SegmentRecord never_allocated = good;
    never_allocated.id = id + 1;
    for (const SegmentRecord& bad : {of_other_shard, never_allocated, good}) {
      const absl::Status status =
          (*manifest)->CommitSegments({.shard = 1, .segments = {good, bad}});
      EXPECT_EQ(status.code(), Code::kInternal) << status;
      EXPECT_EQ((*manifest)->Read().value(), before);
    }
  }
  EXPECT_TRUE(Stored().ok());
}

TEST_F(ManifestTest, ANewerFormatIsRefused) {
  ASSERT_TRUE(Manifest::Create(path_, Initial()).ok());
  Tamper("PRAGMA user_version=4");
  const auto status = Stored().status();
  EXPECT_EQ(status.code(), Code::kFailedPrecondition);
  EXPECT_NE(Message(status).find("format 4"), std::string_view::npos) << status;
}

TEST_F(ManifestTest, FilesOfOthersAreRefused) {
  std::filesystem::create_directory(path_);
  {
    auto other = SqliteDatabase::Open(path_ + "/collection.db", SqliteDatabase::Mode::kCreate);
    ASSERT_TRUE(other->Execute("CREATE TABLE something(else_)").ok());
  }
  EXPECT_EQ(Stored().status().code(), Code::kDataLoss);
  EXPECT_EQ(Manifest::Create(path_, Initial()).status().code(), Code::kAlreadyExists);
  std::ofstream(path_ + "/collection.db") << std::string(10000, 'x');
  EXPECT_EQ(Stored().status().code(), Code::kDataLoss);
}

TEST_F(ManifestTest, RowsThatAreNotAsWrittenAreFound) {
  for (const char* damage : {
           "UPDATE segment SET live = zeroblob(10) WHERE id = 1",
           "UPDATE segment SET documents = 8 WHERE id = 1",
           "UPDATE segment SET position = 5 WHERE id = 1",
           "UPDATE setting SET text = '{}' WHERE name = 'schema'",
           "UPDATE setting SET number = 4 WHERE name = 'shards'",
           "DELETE FROM setting WHERE name = 'created_at'",
           "DROP TRIGGER segment_deleted; DELETE FROM segment WHERE id = 1",
           "UPDATE hot SET segment = 9 WHERE segment = 1",
           "UPDATE hot SET \"values\" = zeroblob(4) WHERE segment = 1",
           "UPDATE total SET checksums = checksums - 1",
           // Reads as an empty journal.
           "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET "
           "sql = replace(sql, 'INTEGER PRIMARY', 'INTEGER PRIMARX') WHERE name = 'journal'",
       }) {
    std::filesystem::remove_all(path_);
    ManifestState initial = Initial();
    initial.segments = {{.id = 1, .shard = 0, .documents = 9, .live = {}, .hot = "five"}};
    initial.next_segment = 2;
    ASSERT_TRUE(Manifest::Create(path_, initial).ok());
    ASSERT_EQ(Stored().value(), initial);
    Tamper(damage);
    EXPECT_EQ(Stored().status().code(), Code::kDataLoss) << damage;
  }
}

// All rows are right, but the next transaction would go wrong.
TEST_F(ManifestTest, ADamagedListOfFreePagesIsFound) {
  ASSERT_TRUE(Manifest::Create(path_, Initial()).ok());
  Tamper(
      "CREATE TABLE large(b BLOB); INSERT INTO large VALUES(zeroblob(100000)); DROP TABLE large");
  ASSERT_EQ(Stored().value(), Initial());
  {
    constexpr int kFreePagesOffset = 36;  // in the file's header, 4 bytes, big-endian
    std::fstream file(path_ + "/collection.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(kFreePagesOffset + 3);
    file.put(1);
    ASSERT_TRUE(file.good());
  }
  const auto status = Stored().status();
  EXPECT_EQ(status.code(), Code::kDataLoss) << status;
}

}  // namespace
}  // namespace aisle
