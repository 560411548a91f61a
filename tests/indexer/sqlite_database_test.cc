// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sqlite_database.h"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

class SqliteDatabaseTest : public testing::Test {
 protected:
  absl::StatusOr<SqliteDatabase> Open(SqliteDatabase::Mode mode = SqliteDatabase::Mode::kCreate) {
    return SqliteDatabase::Open(path_, mode);
  }
  uint64_t WalBytes() const { return std::filesystem::file_size(path_ + "-wal"); }

  TempDirectory directory_;
  const std::string path_ = directory_.path() + "/test.db";
};

TEST_F(SqliteDatabaseTest, StoresValuesOfAllTypes) {
  auto database = Open();
  ASSERT_TRUE(database.ok()) << database.status();
  ASSERT_TRUE(
      database->Execute("CREATE TABLE t(i INTEGER, s TEXT NOT NULL, b BLOB NOT NULL)").ok());
  const std::string bytes("a\0\xFF", 3);
  auto insert = database->Prepare("INSERT INTO t VALUES(?1, ?2, ?3)");
  ASSERT_TRUE(insert.ok()) << insert.status();
  ASSERT_TRUE(insert->BindInt64(1, INT64_MIN).BindText(2, "größer").BindBlob(3, bytes).Run().ok());
  ASSERT_TRUE(insert->BindInt64(1, 7).BindText(2, {}).BindBlob(3, {}).Run().ok());

  auto select = database->Prepare("SELECT i, s, b FROM t ORDER BY i");
  ASSERT_TRUE(select.ok()) << select.status();
  ASSERT_TRUE(select->Step().value());
  EXPECT_EQ(select->Int64(0), INT64_MIN);
  EXPECT_EQ(select->Text(1), "größer");
  EXPECT_EQ(select->Blob(2), bytes);
  ASSERT_TRUE(select->Step().value());
  EXPECT_EQ(select->Int64(0), 7);
  EXPECT_EQ(select->Text(1), "");
  EXPECT_EQ(select->Blob(2), "");
  EXPECT_FALSE(select->Step().value());
  EXPECT_TRUE(select->Step().value()) << "a statement that has run can run again";
}

TEST_F(SqliteDatabaseTest, UncommittedTransactionsAreRolledBack) {
  auto database = Open();
  ASSERT_TRUE(database->Execute("CREATE TABLE t(i INTEGER)").ok());
  {
    auto transaction = SqliteTransaction::Begin(&*database);
    ASSERT_TRUE(transaction.ok()) << transaction.status();
    ASSERT_TRUE(database->Execute("INSERT INTO t VALUES(1)").ok());
  }
  EXPECT_EQ(database->QueryInt64("SELECT count(*) FROM t").value(), 0);
  {
    auto transaction = SqliteTransaction::Begin(&*database);
    ASSERT_TRUE(database->Execute("INSERT INTO t VALUES(1)").ok());
    ASSERT_TRUE(transaction->Commit().ok());
  }
  EXPECT_EQ(database->QueryInt64("SELECT count(*) FROM t").value(), 1);
}

TEST_F(SqliteDatabaseTest, SaysWhatIsWrong) {
  EXPECT_EQ(Open(SqliteDatabase::Mode::kOpen).status().code(), absl::StatusCode::kNotFound);

  auto database = Open();
  const absl::Status status = database->Execute("SELECT a FROM nowhere");
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_NE(Message(status).find("no such table: nowhere"), std::string_view::npos) << status;

  auto unknown_parameter = database->Prepare("SELECT ?1");
  EXPECT_EQ(unknown_parameter->BindInt64(2, 0).Step().status().code(), absl::StatusCode::kInternal);
  EXPECT_TRUE(unknown_parameter->BindInt64(1, 0).Step().ok()) << "an old error is not kept";

  std::ofstream(directory_.path() + "/text") << std::string(5000, 'x');
  const auto text =
      SqliteDatabase::Open(directory_.path() + "/text", SqliteDatabase::Mode::kOpen).status();
  EXPECT_EQ(text.code(), absl::StatusCode::kDataLoss) << text;
}

TEST_F(SqliteDatabaseTest, ASecondProcessIsRefused) {
  auto database = Open();
  ASSERT_TRUE(database.ok()) << database.status();
  const pid_t child = fork();
  if (child == 0) {
    const absl::Status status = Open().status();
    const bool refused = status.code() == absl::StatusCode::kFailedPrecondition &&
                         Message(status).find("another process") != std::string_view::npos;
    _exit(refused ? 0 : 1);
  }
  int result = -1;
  ASSERT_EQ(waitpid(child, &result, 0), child);
  EXPECT_EQ(result, 0);
}

TEST_F(SqliteDatabaseTest, TheWalIsBounded) {
  auto database = Open();
  ASSERT_TRUE(database->Execute("CREATE TABLE t(b BLOB)").ok());
  ASSERT_TRUE(database->Execute("INSERT INTO t VALUES(randomblob(40000000))").ok());
  EXPECT_GT(WalBytes(), 40000000u);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(database->Execute("INSERT INTO t VALUES(randomblob(1000))").ok());
  }
  EXPECT_LE(WalBytes(), 16u << 20);
  for (int i = 0; i < 1500; ++i) {
    ASSERT_TRUE(database->Execute("UPDATE t SET b = randomblob(1000) WHERE rowid = 2").ok());
  }
  EXPECT_LE(WalBytes(), 16u << 20);
  EXPECT_FALSE(std::filesystem::exists(path_ + "-shm"));
}

}  // namespace
}  // namespace aisle
