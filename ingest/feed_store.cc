// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed_store.h"

#include <ctime>

#include <absl/time/clock.h>

namespace aisle {
namespace {

int64_t Now() { return absl::ToUnixSeconds(absl::Now()); }

uint32_t ChecksumOf(const StoredFeed& feed) {
  return RowChecksum({uint64_t{feed.is_paused}}, {feed.name, feed.definition, feed.progress});
}

absl::Status WriteFeed(SqliteDatabase* connection, const StoredFeed& feed) {
  ASSIGN_OR_RETURN(
      SqliteStatement write,
      connection->Prepare("INSERT INTO feed(name, definition, paused, progress, checksum) "
                          "VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(name) DO UPDATE SET "
                          "definition = ?2, paused = ?3, progress = ?4, checksum = ?5"));
  return write.BindText(1, feed.name)
      .BindText(2, feed.definition)
      .BindInt64(3, feed.is_paused ? 1 : 0)
      .BindText(4, feed.progress)
      .BindInt64(5, ChecksumOf(feed))
      .Run();
}

absl::StatusOr<StoredFeed> ReadRow(SqliteStatement* select) {
  StoredFeed feed{.name = std::string(select->Text(0)),
                  .definition = std::string(select->Text(1)),
                  .is_paused = select->Int64(2) != 0,
                  .progress = std::string(select->Text(3))};
  if (select->Int64(4) != ChecksumOf(feed)) {
    return DataLoss("the record of the feed `{}` is damaged: its checksum is wrong", feed.name);
  }
  return feed;
}

absl::StatusOr<StoredFeed> FindFeed(SqliteDatabase* connection, std::string_view name) {
  ASSIGN_OR_RETURN(SqliteStatement select,
                   connection->Prepare("SELECT name, definition, paused, progress, checksum FROM "
                                       "feed WHERE name = ?1"));
  ASSIGN_OR_RETURN(const bool has_row, select.BindText(1, name).Step());
  if (!has_row) return NotFound("there is no feed named `{}`", name);
  return ReadRow(&select);
}

absl::Status InsertDeadLetters(SqliteDatabase* connection, const FeedCommit& commit) {
  ASSIGN_OR_RETURN(
      SqliteStatement insert,
      connection->Prepare("INSERT INTO dead_letter(feed, position, id, reason, payload, "
                          "created_at, checksum) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  for (const DeadLetter& letter : commit.dead_letters) {
    const auto created = static_cast<uint64_t>(Now());
    RETURN_IF_ERROR(
        insert.BindText(1, commit.feed)
            .BindInt64(2, static_cast<int64_t>(letter.position))
            .BindText(3, letter.id)
            .BindText(4, letter.reason)
            .BindBlob(5, letter.payload)
            .BindInt64(6, static_cast<int64_t>(created))
            .BindInt64(7, RowChecksum({letter.position, created},
                                      {commit.feed, letter.id, letter.reason, letter.payload}))
            .Run());
  }
  return absl::OkStatus();
}

absl::Status WriteVersions(SqliteDatabase* connection, const FeedCommit& commit) {
  ASSIGN_OR_RETURN(
      SqliteStatement write,
      connection->Prepare(
          "INSERT INTO document_version(feed, id, version, deleted, seen_at, checksum) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(feed, id) DO UPDATE SET "
          "version = ?3, deleted = ?4, seen_at = ?5, checksum = ?6"));
  for (const DocumentVersion& version : commit.versions) {
    const auto seen = static_cast<uint64_t>(Now());
    RETURN_IF_ERROR(
        write.BindText(1, commit.feed)
            .BindText(2, version.id)
            .BindInt64(3, static_cast<int64_t>(version.version))
            .BindInt64(4, version.is_deleted ? 1 : 0)
            .BindInt64(5, static_cast<int64_t>(seen))
            .BindInt64(6, RowChecksum({version.version, uint64_t{version.is_deleted}, seen},
                                      {commit.feed, version.id}))
            .Run());
  }
  return absl::OkStatus();
}

absl::Status SettleDeadLetters(SqliteDatabase* connection, const FeedCommit& commit) {
  ASSIGN_OR_RETURN(SqliteStatement drop,
                   connection->Prepare("DELETE FROM dead_letter WHERE feed = ?1 AND id = ?2 AND "
                                       "position <= ?3"));
  for (const FeedCommit::Settled& settled : commit.settled) {
    RETURN_IF_ERROR(drop.BindText(1, commit.feed)
                        .BindText(2, settled.id)
                        .BindInt64(3, static_cast<int64_t>(settled.position))
                        .Run());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteFeedCommit(CollectionDatabase* database, const FeedCommit& commit) {
  SqliteDatabase* connection = &database->connection;
  if (!commit.progress.empty()) {
    ASSIGN_OR_RETURN(StoredFeed feed, FindFeed(connection, commit.feed));
    feed.progress = commit.progress;
    RETURN_IF_ERROR(WriteFeed(connection, feed));
  }
  if (!commit.settled.empty()) RETURN_IF_ERROR(SettleDeadLetters(connection, commit));
  if (!commit.dead_letters.empty()) RETURN_IF_ERROR(InsertDeadLetters(connection, commit));
  if (!commit.versions.empty()) RETURN_IF_ERROR(WriteVersions(connection, commit));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<StoredFeed>> FeedStore::Read() const {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(SqliteStatement select,
                   database_->connection.Prepare("SELECT name, definition, paused, progress, "
                                                 "checksum FROM feed ORDER BY name"));
  std::vector<StoredFeed> feeds;
  while (true) {
    ASSIGN_OR_RETURN(const bool has_row, select.Step());
    if (!has_row) return feeds;
    ASSIGN_OR_RETURN(StoredFeed feed, ReadRow(&select));
    feeds.push_back(std::move(feed));
  }
}

absl::StatusOr<StoredFeed> FeedStore::Find(std::string_view name) const {
  absl::MutexLock lock(&database_->mutex);
  return FindFeed(&database_->connection, name);
}

absl::Status FeedStore::Create(const StoredFeed& feed) {
  absl::MutexLock lock(&database_->mutex);
  return WriteFeed(&database_->connection, feed);
}

absl::Status FeedStore::SetPaused(std::string_view name, bool is_paused) {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(StoredFeed feed, FindFeed(&database_->connection, name));
  feed.is_paused = is_paused;
  return WriteFeed(&database_->connection, feed);
}

absl::Status FeedStore::SetProgress(std::string_view name, std::string_view progress) {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(StoredFeed feed, FindFeed(&database_->connection, name));
  feed.progress = progress;
  return WriteFeed(&database_->connection, feed);
}

absl::Status FeedStore::Delete(std::string_view name) {
  absl::MutexLock lock(&database_->mutex);
  SqliteDatabase* connection = &database_->connection;
  ASSIGN_OR_RETURN(SqliteTransaction transaction, SqliteTransaction::Begin(connection));
  for (const char* sql :
       {"DELETE FROM feed WHERE name = ?1", "DELETE FROM dead_letter WHERE feed = ?1",
        "DELETE FROM document_version WHERE feed = ?1"}) {
    ASSIGN_OR_RETURN(SqliteStatement drop, connection->Prepare(sql));
    RETURN_IF_ERROR(drop.BindText(1, name).Run());
  }
  return transaction.Commit();
}

absl::StatusOr<std::vector<std::string>> FeedStore::ReadDeadLetterIds(std::string_view feed) const {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(SqliteStatement select,
                   database_->connection.Prepare("SELECT id FROM dead_letter WHERE feed = ?1"));
  select.BindText(1, feed);
  std::vector<std::string> ids;
  while (true) {
    ASSIGN_OR_RETURN(const bool has_row, select.Step());
    if (!has_row) return ids;
    ids.emplace_back(select.Text(0));
  }
}

absl::StatusOr<uint64_t> FeedStore::LastDeadLetter(std::string_view feed) const {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(SqliteStatement select,
                   database_->connection.Prepare("SELECT ifnull(max(number), 0) FROM dead_letter "
                                                 "WHERE feed = ?1"));
  RETURN_IF_ERROR(select.BindText(1, feed).Step().status());
  return static_cast<uint64_t>(select.Int64(0));
}

absl::StatusOr<std::vector<DeadLetter>> FeedStore::ReadDeadLetters(std::string_view feed,
                                                                   uint64_t after,
                                                                   size_t limit) const {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(SqliteStatement select,
                   database_->connection.Prepare(
                       "SELECT number, position, id, reason, payload, created_at, checksum FROM "
                       "dead_letter WHERE feed = ?1 AND number > ?2 ORDER BY number LIMIT ?3"));
  select.BindText(1, feed)
      .BindInt64(2, static_cast<int64_t>(after))
      .BindInt64(3, static_cast<int64_t>(limit));
  std::vector<DeadLetter> letters;
  while (true) {
    ASSIGN_OR_RETURN(const bool has_row, select.Step());
    if (!has_row) return letters;
    DeadLetter letter{.number = static_cast<uint64_t>(select.Int64(0)),
                      .position = static_cast<uint64_t>(select.Int64(1)),
                      .id = std::string(select.Text(2)),
                      .reason = std::string(select.Text(3)),
                      .payload = std::string(select.Blob(4)),
                      .created_at = select.Int64(5)};
    if (select.Int64(6) != RowChecksum({letter.position, static_cast<uint64_t>(letter.created_at)},
                                       {feed, letter.id, letter.reason, letter.payload})) {
      return DataLoss("dead letter {} is damaged: its checksum is wrong", letter.number);
    }
    letters.push_back(std::move(letter));
  }
}

absl::StatusOr<uint64_t> FeedStore::DropDeadLetters(std::string_view feed,
                                                    std::span<const uint64_t> numbers) {
  absl::MutexLock lock(&database_->mutex);
  SqliteDatabase* connection = &database_->connection;
  ASSIGN_OR_RETURN(SqliteTransaction transaction, SqliteTransaction::Begin(connection));
  const char* kCount = "SELECT count(*) FROM dead_letter";
  ASSIGN_OR_RETURN(const int64_t before, connection->QueryInt64(kCount));
  if (numbers.empty()) {
    ASSIGN_OR_RETURN(SqliteStatement drop,
                     connection->Prepare("DELETE FROM dead_letter WHERE feed = ?1"));
    RETURN_IF_ERROR(drop.BindText(1, feed).Run());
  }
  ASSIGN_OR_RETURN(SqliteStatement drop,
                   connection->Prepare("DELETE FROM dead_letter WHERE feed = ?1 AND number = ?2"));
  for (const uint64_t number : numbers) {
    RETURN_IF_ERROR(drop.BindText(1, feed).BindInt64(2, static_cast<int64_t>(number)).Run());
  }
  ASSIGN_OR_RETURN(const int64_t after, connection->QueryInt64(kCount));
  RETURN_IF_ERROR(transaction.Commit());
  return static_cast<uint64_t>(before - after);
}

absl::StatusOr<absl::flat_hash_map<std::string, DocumentVersion>> FeedStore::ReadVersions(
    std::string_view feed, std::span<const std::string> ids) const {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(SqliteStatement select,
                   database_->connection.Prepare("SELECT version, deleted FROM document_version "
                                                 "WHERE feed = ?1 AND id = ?2"));
  absl::flat_hash_map<std::string, DocumentVersion> versions;
  for (const std::string& id : ids) {
    ASSIGN_OR_RETURN(const bool has_row, select.BindText(1, feed).BindText(2, id).Step());
    if (has_row) {
      versions[id] = {.id = id,
                      .version = static_cast<uint64_t>(select.Int64(0)),
                      .is_deleted = select.Int64(1) != 0};
    }
    select.Reset();
  }
  return versions;
}

absl::Status FeedStore::DropTombstones(std::string_view feed, int64_t seen_before) {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(SqliteStatement drop,
                   database_->connection.Prepare("DELETE FROM document_version WHERE feed = ?1 AND "
                                                 "deleted = 1 AND seen_at < ?2"));
  return drop.BindText(1, feed).BindInt64(2, seen_before).Run();
}

}  // namespace aisle
