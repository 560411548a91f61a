// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/sqlite_journal.h"

#include <limits>
#include <optional>

#include "ingest/feed_store.h"

namespace aisle {
namespace {

constexpr char kLastSequence[] =
    "SELECT max(ifnull((SELECT max(sequence) FROM journal), 0), "
    "(SELECT number FROM setting WHERE name = 'last_sequence'))";

absl::Status CheckAscending(std::span<const JournalEntry> entries, uint64_t last) {
  for (const JournalEntry& entry : entries) {
    if (entry.sequence <= last) {
      return Internal("journal entry {} comes after entry {}", entry.sequence, last);
    }
    last = entry.sequence;
  }
  return absl::OkStatus();
}

absl::Status InsertEntries(SqliteDatabase* connection, std::span<const JournalEntry> entries) {
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   connection->Prepare("INSERT INTO journal(sequence, shard, checksum, payload) "
                                       "VALUES(?1, ?2, ?3, ?4)"));
  for (const JournalEntry& entry : entries) {
    RETURN_IF_ERROR(insert.BindInt64(1, static_cast<int64_t>(entry.sequence))
                        .BindInt64(2, entry.shard)
                        .BindInt64(3, RowChecksum({entry.sequence, entry.shard}, {entry.payload}))
                        .BindBlob(4, entry.payload)
                        .Run());
  }
  return absl::OkStatus();
}

// The first entry after row `after`, if there is one.
absl::StatusOr<std::optional<JournalEntry>> ReadNext(SqliteDatabase* connection, int64_t after) {
  ASSIGN_OR_RETURN(SqliteStatement select,
                   connection->Prepare("SELECT sequence, shard, checksum, payload FROM journal "
                                       "WHERE sequence > ?1 ORDER BY sequence LIMIT 1"));
  ASSIGN_OR_RETURN(const bool has_row, select.BindInt64(1, after).Step());
  if (!has_row) return std::nullopt;
  JournalEntry entry{.sequence = static_cast<uint64_t>(select.Int64(0)),
                     .shard = static_cast<uint32_t>(select.Int64(1)),
                     .payload = std::string(select.Blob(3))};
  if (select.Int64(2) != RowChecksum({entry.sequence, entry.shard}, {entry.payload})) {
    return DataLoss("journal entry {} is damaged: its checksum is wrong", entry.sequence);
  }
  return entry;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteJournal>> SqliteJournal::Open(Manifest* manifest) {
  CollectionDatabase* database = &manifest->database();
  absl::MutexLock lock(&database->mutex);
  ASSIGN_OR_RETURN(const int64_t last, database->connection.QueryInt64(kLastSequence));
  return std::unique_ptr<SqliteJournal>(new SqliteJournal(database, static_cast<uint64_t>(last)));
}

absl::Status SqliteJournal::Append(std::span<const JournalEntry> entries,
                                   std::string_view schema_json,
                                   std::span<const FeedCommit> feeds) {
  RETURN_IF_ERROR(CheckAscending(entries, last_sequence_));
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(SqliteTransaction transaction, SqliteTransaction::Begin(&database_->connection));
  RETURN_IF_ERROR(InsertEntries(&database_->connection, entries));
  if (!schema_json.empty()) RETURN_IF_ERROR(database_->WriteSetting("schema", 0, schema_json));
  for (const FeedCommit& feed : feeds) RETURN_IF_ERROR(WriteFeedCommit(database_, feed));
  RETURN_IF_ERROR(transaction.Commit());
  for (const JournalEntry& entry : entries) database_->journal_bytes += entry.payload.size();
  if (!entries.empty()) last_sequence_ = entries.back().sequence;
  return absl::OkStatus();
}

// Entry by entry, because a visit may wait for a flush, which needs the database to commit.
absl::Status SqliteJournal::Replay(const std::function<absl::Status(const JournalEntry&)>& visit) {
  int64_t after = std::numeric_limits<int64_t>::min();
  while (true) {
    std::optional<JournalEntry> entry;
    {
      absl::MutexLock lock(&database_->mutex);
      ASSIGN_OR_RETURN(entry, ReadNext(&database_->connection, after));
    }
    if (!entry) return absl::OkStatus();
    RETURN_IF_ERROR(visit(*entry));
    after = static_cast<int64_t>(entry->sequence);
  }
}

}  // namespace aisle
