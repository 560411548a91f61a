// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingest/stored_collection.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

class FeedStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(StoredCollection::Create(path_).ok());
    Open();
    ASSERT_TRUE(store_->Create({.name = "f", .definition = "{}"}).ok());
  }
  void Open() {
    store_.reset();
    collection_.reset();
    auto collection = StoredCollection::Open(path_);
    ASSERT_TRUE(collection.ok()) << collection.status();
    collection_ = std::make_unique<StoredCollection>(*std::move(collection));
    store_ = std::make_unique<FeedStore>(&collection_->manifest());
  }
  absl::Status Append(const FeedCommit& commit) {
    return collection_->journal().Append({}, "", std::span(&commit, 1));
  }

  TempDirectory directory_;
  const std::string path_ = directory_.path() + "/collection";
  std::unique_ptr<StoredCollection> collection_;
  std::unique_ptr<FeedStore> store_;
};

TEST_F(FeedStoreTest, ProgressIsStoredWithTheJournalOrNotAtAll) {
  ASSERT_TRUE(Append({.feed = "f", .progress = "1"}).ok());
  const FeedCommit commits[] = {{.feed = "f", .progress = "2"}, {.feed = "none", .progress = "3"}};
  const JournalEntry entry{.sequence = 1, .shard = 0, .payload = "x"};
  EXPECT_FALSE(collection_->journal().Append(std::span(&entry, 1), "", commits).ok());
  Open();
  EXPECT_EQ(store_->Find("f")->progress, "1");
  EXPECT_EQ(collection_->journal().LastSequence(), 0u);
  ASSERT_TRUE(collection_->journal().Append(std::span(&entry, 1), "", std::span(commits, 1)).ok());
  Open();
  EXPECT_EQ(store_->Find("f")->progress, "2");
  EXPECT_EQ(collection_->journal().LastSequence(), 1u);
}

TEST_F(FeedStoreTest, DeadLettersAreKeptSettledAndDropped) {
  ASSERT_TRUE(Append({.feed = "f",
                      .dead_letters = {{.position = 5, .id = "a", .reason = "r", .payload = "p"},
                                       {.position = 9, .id = "a", .reason = "s"},
                                       {.position = 6, .id = "b", .reason = "t"}}})
                  .ok());
  Open();
  auto letters = store_->ReadDeadLetters("f", 0, 10).value();
  ASSERT_EQ(letters.size(), 3u);
  EXPECT_EQ(letters[0].payload, "p");
  // A newer failure is not settled by an older success.
  ASSERT_TRUE(Append({.feed = "f", .settled = {{.id = "a", .position = 7}}}).ok());
  EXPECT_THAT(store_->ReadDeadLetterIds("f").value(), testing::UnorderedElementsAre("a", "b"));
  const uint64_t numbers[] = {letters[2].number, 12345};
  EXPECT_EQ(store_->DropDeadLetters("f", numbers).value(), 1u);
  EXPECT_EQ(store_->DropDeadLetters("f", {}).value(), 1u);
  ASSERT_TRUE(Append({.feed = "f", .dead_letters = {{.id = "c"}}}).ok());
  EXPECT_GT(store_->LastDeadLetter("f").value(), letters[2].number) << "no number is given twice";
}

TEST_F(FeedStoreTest, TombstonesAreForgottenInTime) {
  ASSERT_TRUE(Append({.feed = "f",
                      .versions = {{.id = "a", .version = 3, .is_deleted = true},
                                   {.id = "b", .version = 4}}})
                  .ok());
  const std::string ids[] = {"a", "b", "c"};
  ASSERT_TRUE(store_->DropTombstones("f", 0).ok());
  Open();
  auto versions = store_->ReadVersions("f", ids).value();
  EXPECT_EQ(versions.size(), 2u);
  EXPECT_TRUE(versions["a"].is_deleted);
  ASSERT_TRUE(store_->DropTombstones("f", INT64_MAX).ok());
  versions = store_->ReadVersions("f", ids).value();
  EXPECT_EQ(versions.size(), 1u);
  EXPECT_EQ(versions["b"].version, 4u);
  ASSERT_TRUE(store_->Delete("f").ok());
  EXPECT_TRUE(store_->ReadVersions("f", ids).value().empty());
  EXPECT_TRUE(absl::IsNotFound(store_->Find("f").status()));
}

// What the setting `tables` holds: indexer/manifest.cc.
uint64_t ChecksumOfTables(SqliteDatabase* file) {
  auto select =
      file->Prepare("SELECT rootpage, type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid");
  uint64_t checksum = 0;
  while (select->Step().value()) {
    checksum = RowChecksum({checksum, static_cast<uint64_t>(select->Int64(0))},
                           {select->Text(1), select->Text(2), select->Text(3), select->Text(4)});
  }
  return checksum;
}

TEST_F(FeedStoreTest, AFileFromBeforeFeedsIsUpgraded) {
  const JournalEntry entry{.sequence = 1, .shard = 0, .payload = "x"};
  ASSERT_TRUE(collection_->journal().Append(std::span(&entry, 1), "").ok());
  ASSERT_TRUE(store_->Delete("f").ok());
  store_.reset();
  collection_.reset();
  {
    auto file = SqliteDatabase::Open(path_ + "/collection.db", SqliteDatabase::Mode::kOpen);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->Execute("DROP TABLE feed; DROP TABLE dead_letter; DROP TABLE "
                              "document_version; DROP TABLE hot; PRAGMA user_version = 1;")
                    .ok());
    const uint64_t tables = ChecksumOfTables(&*file);
    ASSERT_TRUE(
        file->Execute(
                fmt::format("UPDATE setting SET number = {}, checksum = {} WHERE name = 'tables'",
                            static_cast<int64_t>(tables), RowChecksum({tables}, {"tables", ""})))
            .ok());
  }
  for (int i = 0; i < 2; ++i) Open();
  EXPECT_EQ(collection_->journal().LastSequence(), 1u);
  EXPECT_TRUE(store_->Read().value().empty());
  ASSERT_TRUE(store_->Create({.name = "g", .definition = "{}"}).ok());
  Open();
  EXPECT_EQ(store_->Read().value().size(), 1u);
}

}  // namespace
}  // namespace aisle
