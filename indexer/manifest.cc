// SPDX-License-Identifier: GPL-3.0-or-later
//
// The file collection.db: SQLite, application_id "Aisl", user_version = kFormat. Tables:
//
//   setting   name, number, text
//   segment   id, shard, position, documents, live
//   hot       segment, values                               (indexer/hot_columns.cc)
//   journal   sequence, shard, payload
//   total     checksums
//   feed              name, definition, paused, progress     (ingest/feed_store.h)
//   dead_letter       number, feed, position, id, reason, payload, created_at
//   document_version  feed, id, version, deleted, seen_at
//
// Format 1 lacks the last three and `hot`, format 2 lacks `hot`; they are upgraded when they are
// opened. Settings are schema (text:
// JSON), ranking (text: JSON; none: the default), shards, created_at, next_segment, last_sequence
// (the highest journal sequence when rows were last dropped) and tables (the checksum of all
// definitions in the file). A segment's position counts from 0 within its shard. The one row of
// total is the sum of all checksums in the other tables, kept by triggers.
//
// Each row but that of total has a checksum of its other columns, so no row can change unnoticed.
// The total does the same for the set of rows: a WAL that is damaged after it has been copied into
// the main file rolls back a part of the pages only, a mixture of two moments with every row right
// and nothing for SQLite to find. The checksum of the definitions is needed because they are text
// that SQLite reads anew each time: with one wrong letter in PRIMARY every sequence
// reads as NULL, and the journal as empty.
#include "indexer/manifest.h"

#include <filesystem>

#include "core/checksum.h"

namespace aisle {
namespace {

constexpr int64_t kApplicationId = 0x4169736C;  // "Aisl"
constexpr int64_t kFormat = 3;
constexpr int64_t kFormatWithoutFeeds = 1;

constexpr char kTables[] = R"sql(
CREATE TABLE setting(
  name TEXT PRIMARY KEY, number INTEGER NOT NULL, text TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE segment(
  id INTEGER PRIMARY KEY, shard INTEGER NOT NULL, position INTEGER NOT NULL,
  documents INTEGER NOT NULL, live BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE journal(
  sequence INTEGER PRIMARY KEY, shard INTEGER NOT NULL, checksum INTEGER NOT NULL,
  payload BLOB NOT NULL);
CREATE TABLE total(checksums INTEGER NOT NULL);
INSERT INTO total VALUES(0);
)sql";

constexpr char kFeedTables[] = R"sql(
CREATE TABLE feed(
  name TEXT PRIMARY KEY, definition TEXT NOT NULL, paused INTEGER NOT NULL, progress TEXT NOT NULL,
  checksum INTEGER NOT NULL);
CREATE TABLE dead_letter(
  number INTEGER PRIMARY KEY AUTOINCREMENT, feed TEXT NOT NULL, position INTEGER NOT NULL,
  id TEXT NOT NULL, reason TEXT NOT NULL, payload BLOB NOT NULL, created_at INTEGER NOT NULL,
  checksum INTEGER NOT NULL);
CREATE INDEX dead_letter_by_id ON dead_letter(feed, id);
CREATE TABLE document_version(
  feed TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, deleted INTEGER NOT NULL,
  seen_at INTEGER NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY(feed, id)) WITHOUT ROWID;
)sql";

constexpr char kHotTable[] = R"sql(
CREATE TABLE hot(segment INTEGER PRIMARY KEY, "values" BLOB NOT NULL, checksum INTEGER NOT NULL);
)sql";

// The total of one table, with {} for its name.
constexpr char kTriggers[] = R"sql(
CREATE TRIGGER {0}_inserted AFTER INSERT ON {0} BEGIN
  UPDATE total SET checksums = checksums + new.checksum;
END;
CREATE TRIGGER {0}_deleted AFTER DELETE ON {0} BEGIN
  UPDATE total SET checksums = checksums - old.checksum;
END;
CREATE TRIGGER {0}_updated AFTER UPDATE ON {0} BEGIN
  UPDATE total SET checksums = checksums + new.checksum - old.checksum;
END;
)sql";

constexpr char kSumOfChecksums[] = R"sql(
SELECT (SELECT ifnull(sum(checksum), 0) FROM setting) +
       (SELECT ifnull(sum(checksum), 0) FROM segment) +
       (SELECT ifnull(sum(checksum), 0) FROM journal) +
       (SELECT ifnull(sum(checksum), 0) FROM feed) +
       (SELECT ifnull(sum(checksum), 0) FROM dead_letter) +
       (SELECT ifnull(sum(checksum), 0) FROM document_version) +
       (SELECT ifnull(sum(checksum), 0) FROM hot) - (SELECT checksums FROM total)
)sql";

std::string PathOf(const std::string& directory) { return directory + "/collection.db"; }

absl::StatusOr<FileLock> Lock(const std::string& directory) {
  return FileLock::Acquire(directory + "/LOCK", directory);
}

// Creation is one transaction: a file in which it has not happened has neither of these.
absl::StatusOr<bool> IsEmpty(SqliteDatabase* database) {
  ASSIGN_OR_RETURN(const int64_t tables,
                   database->QueryInt64("SELECT count(*) FROM sqlite_schema"));
  ASSIGN_OR_RETURN(const int64_t application, database->QueryInt64("PRAGMA application_id"));
  return tables == 0 && application == 0;
}

struct Setting {
  uint64_t number = 0;
  std::string text;
};

absl::StatusOr<Setting> ReadSetting(SqliteDatabase* database, std::string_view name) {
  ASSIGN_OR_RETURN(SqliteStatement select,
                   database->Prepare("SELECT number, text, checksum FROM setting WHERE name = ?1"));
  ASSIGN_OR_RETURN(const bool has_row, select.BindText(1, name).Step());
  if (!has_row) return DataLoss("the manifest has no {}", name);
  Setting setting{static_cast<uint64_t>(select.Int64(0)), std::string(select.Text(1))};
  if (select.Int64(2) != RowChecksum({setting.number}, {name, setting.text})) {
    return DataLoss("the manifest's {} is damaged", name);
  }
  return setting;
}

absl::StatusOr<uint64_t> ChecksumOfTables(SqliteDatabase* database) {
  ASSIGN_OR_RETURN(
      SqliteStatement select,
      database->Prepare(
          "SELECT rootpage, type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid"));
  uint64_t checksum = 0;
  while (true) {
    ASSIGN_OR_RETURN(const bool has_row, select.Step());
    if (!has_row) return checksum;
    checksum = RowChecksum({checksum, static_cast<uint64_t>(select.Int64(0))},
                           {select.Text(1), select.Text(2), select.Text(3), select.Text(4)});
  }
}

// In the caller's transaction.
absl::Status CreateTriggers(SqliteDatabase* database, std::initializer_list<const char*> tables) {
  for (const char* table : tables) {
    RETURN_IF_ERROR(database->Execute(fmt::format(kTriggers, table)));
  }
  return absl::OkStatus();
}

absl::Status CreateFeedTables(SqliteDatabase* database) {
  RETURN_IF_ERROR(database->Execute(kFeedTables));
  return CreateTriggers(database, {"feed", "dead_letter", "document_version"});
}

absl::Status CreateHotTable(SqliteDatabase* database) {
  RETURN_IF_ERROR(database->Execute(kHotTable));
  return CreateTriggers(database, {"hot"});
}

absl::Status InsertHot(SqliteDatabase* database, const SegmentRecord& segment) {
  if (segment.hot.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      SqliteStatement insert,
      database->Prepare("INSERT INTO hot(segment, \"values\", checksum) VALUES(?1, ?2, ?3)"));
  return insert.BindInt64(1, static_cast<int64_t>(segment.id))
      .BindBlob(2, segment.hot)
      .BindInt64(3, RowChecksum({segment.id}, {segment.hot}))
      .Run();
}

absl::Status ReadHot(SqliteDatabase* database, SegmentRecord* segment) {
  ASSIGN_OR_RETURN(SqliteStatement select,
                   database->Prepare("SELECT \"values\", checksum FROM hot WHERE segment = ?1"));
  ASSIGN_OR_RETURN(const bool has_row,
                   select.BindInt64(1, static_cast<int64_t>(segment->id)).Step());
  if (!has_row) return absl::OkStatus();
  segment->hot = std::string(select.Blob(0));
  if (select.Int64(1) != RowChecksum({segment->id}, {segment->hot})) {
    return DataLoss("the manifest's hot values of segment {} are damaged", segment->id);
  }
  return absl::OkStatus();
}

absl::Status InsertSegment(SqliteDatabase* database, const SegmentRecord& segment,
                           uint64_t position) {
  RETURN_IF_ERROR(InsertHot(database, segment));
  ASSIGN_OR_RETURN(
      SqliteStatement insert,
      database->Prepare("INSERT INTO segment(id, shard, position, documents, live, checksum) "
                        "VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
  return insert.BindInt64(1, static_cast<int64_t>(segment.id))
      .BindInt64(2, segment.shard)
      .BindInt64(3, static_cast<int64_t>(position))
      .BindInt64(4, segment.documents)
      .BindBlob(5, segment.live)
      .BindInt64(
          6, RowChecksum({segment.id, segment.shard, position, segment.documents}, {segment.live}))
      .Run();
}

absl::StatusOr<std::vector<SegmentRecord>> ReadSegments(SqliteDatabase* database) {
  ASSIGN_OR_RETURN(SqliteStatement select,
                   database->Prepare("SELECT id, shard, documents, live, position, checksum "
                                     "FROM segment ORDER BY shard, position"));
  std::vector<SegmentRecord> segments;
  int64_t with_hot = 0;
  while (true) {
    ASSIGN_OR_RETURN(const bool has_row, select.Step());
    if (!has_row) break;
    SegmentRecord segment{.id = static_cast<uint64_t>(select.Int64(0)),
                          .shard = static_cast<uint32_t>(select.Int64(1)),
                          .documents = static_cast<uint32_t>(select.Int64(2)),
                          .live = std::string(select.Blob(3)),
                          .hot = {}};
    const auto position = static_cast<uint64_t>(select.Int64(4));
    if (select.Int64(5) !=
        RowChecksum({segment.id, segment.shard, position, segment.documents}, {segment.live})) {
      return DataLoss("the manifest's record of segment {} is damaged", segment.id);
    }
    RETURN_IF_ERROR(ReadHot(database, &segment));
    with_hot += segment.hot.empty() ? 0 : 1;
    segments.push_back(std::move(segment));
  }
  // A row whose key is damaged is found for no segment.
  ASSIGN_OR_RETURN(const int64_t hot, database->QueryInt64("SELECT count(*) FROM hot"));
  if (hot != with_hot) return DataLoss("the manifest has hot values of no segment");
  return segments;
}

// Drops the journal rows of the shard that the commit covers; the result is the size of their
// payloads.
absl::StatusOr<uint64_t> DropJournal(CollectionDatabase* database, const SegmentCommit& commit)
    ABSL_EXCLUSIVE_LOCKS_REQUIRED(database->mutex) {
  const auto covered = static_cast<int64_t>(commit.journal_covered);
  ASSIGN_OR_RETURN(
      SqliteStatement measure,
      database->connection.Prepare(
          "SELECT count(*), sum(length(CAST(payload AS BLOB))), max((SELECT max(sequence) FROM "
          "journal), (SELECT number FROM setting WHERE name = 'last_sequence')) "
          "FROM journal WHERE shard = ?1 AND sequence <= ?2"));
  RETURN_IF_ERROR(measure.BindInt64(1, commit.shard).BindInt64(2, covered).Step().status());
  if (measure.Int64(0) == 0) return 0;
  const auto bytes = static_cast<uint64_t>(measure.Int64(1));
  const auto last_sequence = static_cast<uint64_t>(measure.Int64(2));
  measure.Reset();
  RETURN_IF_ERROR(database->WriteSetting("last_sequence", last_sequence, ""));
  ASSIGN_OR_RETURN(
      SqliteStatement drop,
      database->connection.Prepare("DELETE FROM journal WHERE shard = ?1 AND sequence <= ?2"));
  RETURN_IF_ERROR(drop.BindInt64(1, commit.shard).BindInt64(2, covered).Run());
  return bytes;
}

}  // namespace

uint32_t RowChecksum(std::initializer_list<uint64_t> numbers,
                     std::initializer_list<std::string_view> strings) {
  uint32_t crc = 0;
  const auto add_number = [&crc](uint64_t number) {
    char bytes[8];
    for (char& byte : bytes) {
      byte = static_cast<char>(number & 0xFF);
      number >>= 8;
    }
    crc = Crc32c({bytes, sizeof(bytes)}, crc);
  };
  for (const uint64_t number : numbers) add_number(number);
  for (const std::string_view string : strings) {
    add_number(string.size());
    crc = Crc32c(string, crc);
  }
  return crc;
}

absl::Status CollectionDatabase::WriteSetting(std::string_view name, uint64_t number,
                                              std::string_view text) {
  ASSIGN_OR_RETURN(SqliteStatement write,
                   connection.Prepare("INSERT INTO setting(name, number, text, checksum) "
                                      "VALUES(?1, ?2, ?3, ?4) ON CONFLICT(name) DO UPDATE SET "
                                      "number = ?2, text = ?3, checksum = ?4"));
  return write.BindText(1, name)
      .BindInt64(2, static_cast<int64_t>(number))
      .BindText(3, text)
      .BindInt64(4, RowChecksum({number}, {name, text}))
      .Run();
}

absl::StatusOr<std::unique_ptr<Manifest>> Manifest::Create(const std::string& directory,
                                                           const ManifestState& initial) {
  RETURN_IF_ERROR(MakeDirectory(directory));
  ASSIGN_OR_RETURN(FileLock lock, Lock(directory));
  ASSIGN_OR_RETURN(SqliteDatabase database,
                   SqliteDatabase::Open(PathOf(directory), SqliteDatabase::Mode::kCreate));
  ASSIGN_OR_RETURN(const bool is_empty, IsEmpty(&database));
  if (!is_empty) return AlreadyExists("{} has a collection already", directory);
  std::unique_ptr<Manifest> manifest(new Manifest(std::move(lock), std::move(database)));
  RETURN_IF_ERROR(manifest->WriteInitial(initial));
  return manifest;
}

absl::Status Manifest::WriteInitial(const ManifestState& initial) {
  absl::MutexLock lock(&database_->mutex);
  SqliteDatabase* connection = &database_->connection;
  ASSIGN_OR_RETURN(SqliteTransaction transaction, SqliteTransaction::Begin(connection));
  RETURN_IF_ERROR(connection->Execute(fmt::format(
      "PRAGMA application_id={}; PRAGMA user_version={}; {}", kApplicationId, kFormat, kTables)));
  RETURN_IF_ERROR(CreateTriggers(connection, {"setting", "segment", "journal"}));
  RETURN_IF_ERROR(CreateFeedTables(connection));
  RETURN_IF_ERROR(CreateHotTable(connection));
  RETURN_IF_ERROR(database_->WriteSetting("schema", 0, initial.schema_json));
  RETURN_IF_ERROR(database_->WriteSetting("shards", initial.shards, ""));
  RETURN_IF_ERROR(
      database_->WriteSetting("created_at", static_cast<uint64_t>(initial.created_at), ""));
  RETURN_IF_ERROR(database_->WriteSetting("next_segment", initial.next_segment, ""));
  RETURN_IF_ERROR(database_->WriteSetting("last_sequence", 0, ""));
  ASSIGN_OR_RETURN(const uint64_t tables, ChecksumOfTables(connection));
  RETURN_IF_ERROR(database_->WriteSetting("tables", tables, ""));
  std::vector<uint64_t> positions(initial.shards);
  for (const SegmentRecord& segment : initial.segments) {
    if (segment.shard >= initial.shards) {
      return Internal("segment {} is of shard {}, of {}", segment.id, segment.shard,
                      initial.shards);
    }
    RETURN_IF_ERROR(InsertSegment(connection, segment, positions[segment.shard]++));
  }
  return transaction.Commit();
}

absl::StatusOr<std::unique_ptr<Manifest>> Manifest::Open(const std::string& directory) {
  // Before the lock, which would make a file.
  if (!std::filesystem::exists(PathOf(directory))) {
    return NotFound("{} has no collection", directory);
  }
  ASSIGN_OR_RETURN(FileLock lock, Lock(directory));
  ASSIGN_OR_RETURN(SqliteDatabase database,
                   SqliteDatabase::Open(PathOf(directory), SqliteDatabase::Mode::kOpen));
  std::unique_ptr<Manifest> manifest(new Manifest(std::move(lock), std::move(database)));
  RETURN_IF_ERROR(WithContext(manifest->Check(), directory));
  return manifest;
}

absl::Status Manifest::AddTables(int64_t format) {
  SqliteDatabase* connection = &database_->connection;
  ASSIGN_OR_RETURN(SqliteTransaction transaction, SqliteTransaction::Begin(connection));
  if (format == kFormatWithoutFeeds) RETURN_IF_ERROR(CreateFeedTables(connection));
  RETURN_IF_ERROR(CreateHotTable(connection));
  RETURN_IF_ERROR(connection->Execute(fmt::format("PRAGMA user_version={}", kFormat)));
  ASSIGN_OR_RETURN(const uint64_t tables, ChecksumOfTables(connection));
  RETURN_IF_ERROR(database_->WriteSetting("tables", tables, ""));
  return transaction.Commit();
}

absl::Status Manifest::Check() {
  absl::MutexLock lock(&database_->mutex);
  SqliteDatabase* connection = &database_->connection;
  ASSIGN_OR_RETURN(const bool is_empty, IsEmpty(connection));
  if (is_empty) return NotFound("there is no collection: its creation was cut short");
  ASSIGN_OR_RETURN(const int64_t application, connection->QueryInt64("PRAGMA application_id"));
  if (application != kApplicationId) return DataLoss("collection.db is not a collection of Aisle");
  ASSIGN_OR_RETURN(const int64_t format, connection->QueryInt64("PRAGMA user_version"));
  if (format > kFormat) {
    return FailedPrecondition(
        "the collection has format {}, written by a newer version of Aisle; this one reads up to "
        "{}",
        format, kFormat);
  }
  if (format < kFormatWithoutFeeds) {
    return DataLoss("the collection's format {} is unknown", format);
  }
  RETURN_IF_ERROR(connection->CheckStructure());
  ASSIGN_OR_RETURN(const uint64_t tables, ChecksumOfTables(connection));
  ASSIGN_OR_RETURN(const Setting expected_tables, ReadSetting(connection, "tables"));
  if (tables != expected_tables.number) {
    return DataLoss("collection.db is damaged: its tables are not those it was made with");
  }
  if (format < kFormat) RETURN_IF_ERROR(AddTables(format));
  ASSIGN_OR_RETURN(const int64_t difference, connection->QueryInt64(kSumOfChecksums));
  if (difference != 0) return DataLoss("collection.db is damaged: rows are missing or out of date");
  for (const char* name : {"schema", "shards", "created_at", "next_segment", "last_sequence"}) {
    RETURN_IF_ERROR(ReadSetting(connection, name).status());
  }
  RETURN_IF_ERROR(ReadSegments(connection).status());
  // A damaged row may call its payload a text, the length of which is in characters.
  ASSIGN_OR_RETURN(
      const int64_t bytes,
      connection->QueryInt64("SELECT ifnull(sum(length(CAST(payload AS BLOB))), 0) FROM journal"));
  database_->journal_bytes = static_cast<uint64_t>(bytes);
  return absl::OkStatus();
}

absl::StatusOr<ManifestState> Manifest::Read() const {
  absl::MutexLock lock(&database_->mutex);
  SqliteDatabase* connection = &database_->connection;
  ManifestState state;
  ASSIGN_OR_RETURN(Setting schema, ReadSetting(connection, "schema"));
  ASSIGN_OR_RETURN(const Setting shards, ReadSetting(connection, "shards"));
  ASSIGN_OR_RETURN(const Setting created_at, ReadSetting(connection, "created_at"));
  ASSIGN_OR_RETURN(const Setting next_segment, ReadSetting(connection, "next_segment"));
  ASSIGN_OR_RETURN(state.segments, ReadSegments(connection));
  state.schema_json = std::move(schema.text);
  ASSIGN_OR_RETURN(const int64_t has_ranking,
                   connection->QueryInt64("SELECT count(*) FROM setting WHERE name = 'ranking'"));
  if (has_ranking > 0) {
    ASSIGN_OR_RETURN(Setting ranking, ReadSetting(connection, "ranking"));
    state.ranking_json = std::move(ranking.text);
  }
  state.shards = static_cast<uint32_t>(shards.number);
  state.created_at = static_cast<int64_t>(created_at.number);
  state.next_segment = next_segment.number;
  return state;
}

absl::Status Manifest::WriteRanking(std::string_view ranking_json) {
  absl::MutexLock lock(&database_->mutex);
  ASSIGN_OR_RETURN(SqliteTransaction transaction, SqliteTransaction::Begin(&database_->connection));
  RETURN_IF_ERROR(database_->WriteSetting("ranking", 0, ranking_json));
  return transaction.Commit();
}

absl::Status Manifest::CommitSegments(const SegmentCommit& commit) {
  absl::MutexLock lock(&database_->mutex);
  SqliteDatabase* connection = &database_->connection;
  ASSIGN_OR_RETURN(SqliteTransaction transaction, SqliteTransaction::Begin(connection));
  ASSIGN_OR_RETURN(const Setting next_segment, ReadSetting(connection, "next_segment"));
  {
    ASSIGN_OR_RETURN(
        SqliteStatement forget_hot,
        connection->Prepare(
            "DELETE FROM hot WHERE segment IN (SELECT id FROM segment WHERE shard = ?1)"));
    RETURN_IF_ERROR(forget_hot.BindInt64(1, commit.shard).Run());
    ASSIGN_OR_RETURN(SqliteStatement forget,
                     connection->Prepare("DELETE FROM segment WHERE shard = ?1"));
    RETURN_IF_ERROR(forget.BindInt64(1, commit.shard).Run());
  }
  for (size_t i = 0; i < commit.segments.size(); ++i) {
    const SegmentRecord& segment = commit.segments[i];
    if (segment.shard != commit.shard || segment.id >= next_segment.number) {
      return Internal(
          "segment {} of shard {} in a commit of shard {}; ids given so far are below {}",
          segment.id, segment.shard, commit.shard, next_segment.number);
    }
    RETURN_IF_ERROR(InsertSegment(connection, segment, i));
  }
  ASSIGN_OR_RETURN(const uint64_t dropped, DropJournal(database_.get(), commit));
  RETURN_IF_ERROR(transaction.Commit());
  database_->journal_bytes -= dropped;
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> Manifest::AllocateSegmentId() {
  absl::MutexLock lock(&database_->mutex);
  SqliteDatabase* connection = &database_->connection;
  ASSIGN_OR_RETURN(SqliteTransaction transaction, SqliteTransaction::Begin(connection));
  ASSIGN_OR_RETURN(const Setting next_segment, ReadSetting(connection, "next_segment"));
  RETURN_IF_ERROR(database_->WriteSetting("next_segment", next_segment.number + 1, ""));
  RETURN_IF_ERROR(transaction.Commit());
  return next_segment.number;
}

}  // namespace aisle
