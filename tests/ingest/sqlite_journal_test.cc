// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/sqlite_journal.h"

#include <gtest/gtest.h>

#include "tests/ingest/stored_collection.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

class SqliteJournalTest : public testing::Test {
 protected:
  void SetUp() override {
    const absl::Status status = StoredCollection::Create(path_);
    ASSERT_TRUE(status.ok()) << status;
  }
  static JournalEntry Entry(uint64_t sequence, uint32_t shard = 0) {
    return {.sequence = sequence, .shard = shard, .payload = "p" + std::to_string(sequence)};
  }

  TempDirectory directory_;
  const std::string path_ = directory_.path() + "/collection";
};

TEST_F(SqliteJournalTest, HoldsWhatAModelHolds) {
  std::mt19937 random(TestSeed());
  StoredState model = StoredCollection::InitialState();
  for (int round = 0; round < 10; ++round) {
    auto collection = StoredCollection::Open(path_);
    ASSERT_TRUE(collection.ok()) << collection.status();
    for (int i = 0; i < 60; ++i) {
      const StoredOperation operation = RandomOperation(model, &random);
      const absl::Status status = collection->Execute(operation);
      ASSERT_TRUE(status.ok()) << status;
      Apply(operation, &model);
    }
    const auto state = collection->Read();
    ASSERT_TRUE(state.ok()) << state.status();
    ASSERT_EQ(*state, model) << Describe(*state) << "\nmodel: " << Describe(model);
  }
  EXPECT_EQ(ReadState(path_).value(), model);
}

TEST_F(SqliteJournalTest, SequencesAscend) {
  auto collection = StoredCollection::Open(path_);
  ASSERT_TRUE(collection.ok()) << collection.status();
  SqliteJournal& journal = collection->journal();
  ASSERT_TRUE(journal.Append(std::vector{Entry(3), Entry(5)}, "").ok());
  for (const auto& wrong : {std::vector{Entry(5)}, std::vector{Entry(4)},
                            std::vector{Entry(7), Entry(7)}, std::vector{Entry(8), Entry(6)}}) {
    EXPECT_EQ(journal.Append(wrong, "{}").code(), absl::StatusCode::kInternal);
  }
  EXPECT_EQ(journal.LastSequence(), 5u);
  const StoredState state = collection->Read().value();
  EXPECT_EQ(state.journal, (std::vector{Entry(3), Entry(5)}));
  EXPECT_EQ(state.manifest, StoredCollection::InitialState().manifest);
}

TEST_F(SqliteJournalTest, TheLastSequenceOutlivesItsEntry) {
  {
    auto collection = StoredCollection::Open(path_);
    ASSERT_TRUE(collection->journal().Append(std::vector{Entry(1, 1), Entry(9, 2)}, "").ok());
    ASSERT_TRUE(collection->manifest()
                    .CommitSegments({.shard = 2, .segments = {}, .journal_covered = 9})
                    .ok());
    ASSERT_TRUE(collection->manifest()
                    .CommitSegments({.shard = 1, .segments = {}, .journal_covered = 9})
                    .ok());
    EXPECT_EQ(collection->journal().Bytes(), 0u);
  }
  const StoredState state = ReadState(path_).value();
  EXPECT_TRUE(state.journal.empty());
  EXPECT_EQ(state.last_sequence, 9u);
}

TEST_F(SqliteJournalTest, AVisitMayCommitAFlush) {
  auto collection = StoredCollection::Open(path_);
  std::vector<JournalEntry> entries;
  for (uint64_t sequence = 1; sequence <= 10; ++sequence) entries.push_back(Entry(sequence));
  ASSERT_TRUE(collection->journal().Append(entries, "").ok());
  std::vector<JournalEntry> visited;
  const absl::Status status = collection->journal().Replay([&](const JournalEntry& entry) {
    visited.push_back(entry);
    return collection->manifest().CommitSegments(
        {.shard = 0, .segments = {}, .journal_covered = entry.sequence});
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(visited, entries);
  EXPECT_TRUE(collection->Read()->journal.empty());
}

TEST_F(SqliteJournalTest, AVisitorsErrorEndsTheReplay) {
  auto collection = StoredCollection::Open(path_);
  ASSERT_TRUE(collection->journal().Append(std::vector{Entry(1), Entry(2)}, "").ok());
  int visits = 0;
  const absl::Status status = collection->journal().Replay([&](const JournalEntry&) {
    ++visits;
    return absl::CancelledError("enough");
  });
  EXPECT_EQ(status, absl::CancelledError("enough"));
  EXPECT_EQ(visits, 1);
}

TEST_F(SqliteJournalTest, ADamagedEntryIsNamed) {
  {
    auto collection = StoredCollection::Open(path_);
    ASSERT_TRUE(collection->journal().Append(std::vector{Entry(1), Entry(2), Entry(3)}, "").ok());
  }
  {
    auto file = SqliteDatabase::Open(path_ + "/collection.db", SqliteDatabase::Mode::kOpen);
    ASSERT_TRUE(file->Execute("UPDATE journal SET payload = x'00' WHERE sequence = 2").ok());
  }
  const absl::Status status = ReadState(path_).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(Message(status).find("entry 2"), std::string_view::npos) << status;
}

TEST_F(SqliteJournalTest, AMissingEntryIsNoticed) {
  {
    auto collection = StoredCollection::Open(path_);
    ASSERT_TRUE(collection->journal().Append(std::vector{Entry(1), Entry(2)}, "").ok());
  }
  {
    auto file = SqliteDatabase::Open(path_ + "/collection.db", SqliteDatabase::Mode::kOpen);
    ASSERT_TRUE(file->Execute("DROP TRIGGER journal_deleted").ok());
    ASSERT_TRUE(file->Execute("DELETE FROM journal WHERE sequence = 2").ok());
  }
  EXPECT_EQ(ReadState(path_).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace aisle
