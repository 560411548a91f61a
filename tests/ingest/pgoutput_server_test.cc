// SPDX-License-Identifier: GPL-3.0-or-later
//
// The decoder beside a real server, which AISLE_POSTGRES leads to
// (examples/postgres-store/postgres_server.py).
#include <cstdlib>

#include <absl/time/clock.h>
#include <gtest/gtest.h>

#include "ingest/pgoutput.h"
#include "ingest/postgres_connection.h"

namespace aisle {
namespace {

PostgresConnection Connect(PostgresConnection::Use use) {
  const char* connection = std::getenv("AISLE_POSTGRES");
  auto made = PostgresConnection::Connect(
      {.connection = connection == nullptr ? "" : connection, .use = use});
  EXPECT_TRUE(made.ok()) << made.status();
  return *std::move(made);
}

// One message as text: "U old(1|-|-) new(2|~|a)"; NULL is "-", unchanged "~".
std::string RowText(const TableRow& row) {
  std::string text = "(";
  for (const ColumnValue& value : row) {
    if (text.size() > 1) text += '|';
    text += value.kind == ColumnValue::Kind::kNull        ? "-"
            : value.kind == ColumnValue::Kind::kUnchanged ? "~"
                                                          : std::string(value.text);
  }
  return text + ")";
}

std::string TextOf(const PgMessage& message) {
  if (const auto* m = std::get_if<TableShape>(&message)) {
    return fmt::format("R {}.{} {}", m->schema, m->table, m->columns.size());
  }
  if (std::holds_alternative<PgBegin>(message)) return "B";
  if (std::holds_alternative<PgCommit>(message)) return "C";
  if (const auto* m = std::get_if<RowInsert>(&message)) return "I new" + RowText(m->row);
  if (const auto* m = std::get_if<RowDelete>(&message)) {
    return fmt::format("D {}{}", m->old_is_full ? "full" : "key", RowText(m->old_row));
  }
  if (const auto* m = std::get_if<TableTruncate>(&message)) {
    return fmt::format("T {}", m->relations.size());
  }
  if (const auto* m = std::get_if<RowUpdate>(&message)) {
    const std::string old =
        m->old_row ? (m->old_is_full ? "full" : "key") + RowText(*m->old_row) + " " : "";
    return fmt::format("U {}new{}", old, RowText(m->row));
  }
  return "?";
}

// The next `count` messages of the stream, and where the last commit ended.
std::vector<std::string> ReadMessages(PostgresConnection* stream, size_t count, Lsn* last_commit) {
  std::vector<std::string> found;
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  while (found.size() < count && absl::Now() < deadline) {
    const auto bytes = stream->Receive(absl::Milliseconds(100));
    EXPECT_TRUE(bytes.ok()) << bytes.status();
    if (!bytes.ok()) break;
    if (!*bytes) continue;
    const auto outer = DecodeStream(**bytes);
    EXPECT_TRUE(outer.ok()) << outer.status();
    const auto* data = std::get_if<PgStreamData>(&*outer);
    if (data == nullptr) continue;
    const auto message = DecodePgoutput(data->message);
    EXPECT_TRUE(message.ok()) << message.status();
    if (!message.ok()) break;
    found.push_back(TextOf(*message));
    if (const auto* commit = std::get_if<PgCommit>(&*message)) {
      EXPECT_GT(commit->end_lsn, *last_commit);
      *last_commit = commit->end_lsn;
      EXPECT_LT(std::abs(commit->commit_time - absl::ToUnixMicros(absl::Now())), 60'000'000);
    }
  }
  return found;
}

constexpr const char* kStatements[] = {
    "CREATE TABLE t (id int PRIMARY KEY, big text, n numeric)",
    "ALTER TABLE t ALTER COLUMN big SET STORAGE EXTERNAL",
    "CREATE PUBLICATION p FOR TABLE t",
    "SELECT pg_create_logical_replication_slot('s', 'pgoutput')",
    "INSERT INTO t VALUES (1, repeat('x', 4000), 1.50), (2, NULL, NULL)",
    "UPDATE t SET n = 2 WHERE id = 1",
    "UPDATE t SET id = 3 WHERE id = 2",
    "DELETE FROM t WHERE id = 3",
    "ALTER TABLE t REPLICA IDENTITY FULL",
    "INSERT INTO t VALUES (4, 'ä|', 4)",
    "UPDATE t SET n = NULL WHERE id = 4",
    "ALTER TABLE t DROP COLUMN n",
    "DELETE FROM t WHERE id = 4",
    "TRUNCATE t",
    "BEGIN; INSERT INTO t VALUES (5, 'rolled back'); ROLLBACK",
    "INSERT INTO t VALUES (6, 'last')"};

TEST(PgoutputServerTest, ReadsWhatTheServerSays) {
  PostgresConnection sql = Connect(PostgresConnection::Use::kQueries);
  for (const char* statement : kStatements) {
    const auto rows = sql.Query(statement);
    ASSERT_TRUE(rows.ok()) << statement << ": " << rows.status();
  }
  const std::vector<std::string> expected = {
      "B R public.t 3 I new(1|" + std::string(4000, 'x') + "|1.50) I new(2|-|-) C",
      "B U new(1|~|2) C",
      "B U key(2|-|-) new(3|-|-) C",
      "B D key(3|-|-) C",
      "B R public.t 3 I new(4|ä||4) C",
      "B U full(4|ä||4) new(4|ä||-) C",
      "B R public.t 2 D full(4|ä|) C",
      "B R public.t 2 T 1 C",
      "B R public.t 2 I new(6|last) C"};
  PostgresConnection stream = Connect(PostgresConnection::Use::kReplication);
  const absl::Status started = stream.StartReplication(
      "START_REPLICATION SLOT s LOGICAL 0/0 (proto_version '1', publication_names 'p')");
  ASSERT_TRUE(started.ok()) << started;
  Lsn last_commit = 0;
  const std::vector<std::string> found = ReadMessages(&stream, 33, &last_commit);
  std::vector<std::string> transactions;
  for (const std::string& message : found) {
    if (message == "B") transactions.emplace_back();
    ASSERT_FALSE(transactions.empty());
    transactions.back() += (message == "B" ? "" : " ") + message;
  }
  EXPECT_EQ(transactions, expected);
  const std::string status =
      EncodeStandbyStatus(last_commit, last_commit, absl::ToUnixMicros(absl::Now()));
  ASSERT_TRUE(stream.Send(status).ok());
  const auto confirmed = [&] {
    const auto rows = sql.Query("SELECT confirmed_flush_lsn::text FROM pg_replication_slots");
    return rows.ok() ? rows->at(0).at(0).value_or("") : "";
  };
  for (int i = 0; i < 500 && confirmed() != LsnText(last_commit); ++i) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_EQ(confirmed(), LsnText(last_commit));
}

TEST(PgoutputServerTest, ErrorsSayWhatToDo) {
  PostgresConnection sql = Connect(PostgresConnection::Use::kQueries);
  const auto code = [&](const std::string& text) { return sql.Query(text).status().code(); };
  EXPECT_EQ(code("SELECT 1/0"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("SELECT 'x'::int"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("SELECT nothing"), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(code("DROP PUBLICATION nothing"), absl::StatusCode::kNotFound);
  const std::vector<std::string> odd = {"a\"b", "c\\d", "e,f{}", "", "ä"};
  const std::optional<std::string> values[] = {ArrayText(odd)};
  const auto rows = sql.Query("SELECT unnest($1::text[])", values);
  ASSERT_TRUE(rows.ok()) << rows.status();
  for (size_t i = 0; i < odd.size(); ++i) EXPECT_EQ(rows->at(i).at(0), odd[i]);
  EXPECT_EQ(code("SELECT pg_terminate_backend(pg_backend_pid())"), absl::StatusCode::kUnavailable);
}

TEST(PgoutputServerTest, AQueryThatHangsCanBeStopped) {
  std::atomic<bool> stop = true;
  const char* connection = std::getenv("AISLE_POSTGRES");
  auto made = PostgresConnection::Connect({.connection = connection, .stop = nullptr});
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->Query("SELECT pg_sleep(20)", {}, absl::Milliseconds(50)).status().code(),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(PostgresConnection::Connect({.connection = connection, .stop = &stop}).status().code(),
            absl::StatusCode::kCancelled);
  const auto shown = WithoutPassword("host=h password=geheim dbname=d");
  ASSERT_TRUE(shown.ok());
  EXPECT_EQ(shown->find("geheim"), std::string::npos);
}

}  // namespace
}  // namespace aisle
