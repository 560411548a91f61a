// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the file is held. locking_mode=EXCLUSIVE comes before the first access: then SQLite keeps the
// WAL's index in its own memory, and a full disk cannot hit a -shm file.
//
// A full disk. Writes go to the WAL; when it has kCheckpointPages pages they are copied into the
// main file and the WAL is written from its start again. Each of the two can fail for want of room:
//   - a WAL write or sync: the transaction fails and is rolled back; what it had written is behind
//   the WAL's last
//     commit, where the next transaction overwrites it;
//   - the copying: no transaction fails, the WAL only grows on until a write of the first kind
//   fails.
// Either way all committed transactions stand, and the next one works once there is room. After a
// rollback the WAL is copied and cut off at once, so that what room it takes can be used.
#include "indexer/sqlite_database.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <sqlite3.h>

#include "core/file.h"

namespace aisle {
namespace {

constexpr int kCheckpointPages = 1000;
// What a large transaction leaves of the WAL, once it has been copied.
constexpr int kWalBytesKept = 16 << 20;

absl::Status FullDisk(const std::string& path) {
  return ResourceExhausted("the disk is full: free space in {}",
                           std::filesystem::path(path).parent_path().string());
}

absl::Status IoError(int error, const std::string& path, std::string_view text) {
  if (error == ENOSPC || error == EDQUOT) return FullDisk(path);
  if (error == 0) return absl::UnavailableError(fmt::format("{}: {}", path, text));
  return ErrnoStatus(error, fmt::format("{}: {}", path, text));
}

absl::Status StatusOf(sqlite3* database, int code) {
  const char* name = sqlite3_db_filename(database, "main");
  const std::string path = name == nullptr ? "the database" : name;
  const std::string text = sqlite3_errmsg(database);
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return FullDisk(path);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DataLoss("{} is damaged: {}", path, text);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return FailedPrecondition("{} is open in another process", path);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return IoError(sqlite3_system_errno(database), path, text);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return absl::PermissionDeniedError(fmt::format("{}: {}", path, text));
    case SQLITE_NOMEM:
      return ResourceExhausted("{}: out of memory", path);
    case SQLITE_TOOBIG:
      return InvalidArgument("{}: a value is larger than the {} bytes allowed", path,
                             sqlite3_limit(database, SQLITE_LIMIT_LENGTH, -1));
    default:
      return Internal("{}: {} (SQLite error {})", path, text, code);
  }
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void SqliteStatement::NoteBind(int code) {
  if (bind_error_ == SQLITE_OK) bind_error_ = code;
}

SqliteStatement& SqliteStatement::BindInt64(int parameter, int64_t value) {
  NoteBind(sqlite3_bind_int64(statement_.get(), parameter, value));
  return *this;
}

SqliteStatement& SqliteStatement::BindText(int parameter, std::string_view value) {
  // A null pointer would bind NULL, here as in BindBlob.
  NoteBind(sqlite3_bind_text64(statement_.get(), parameter, value.empty() ? "" : value.data(),
                               value.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

SqliteStatement& SqliteStatement::BindBlob(int parameter, std::string_view value) {
  NoteBind(sqlite3_bind_blob64(statement_.get(), parameter, value.empty() ? "" : value.data(),
                               value.size(), SQLITE_STATIC));
  return *this;
}

absl::StatusOr<bool> SqliteStatement::Step() {
  sqlite3* database = sqlite3_db_handle(statement_.get());
  if (bind_error_ != SQLITE_OK) {
    const absl::Status status = StatusOf(database, bind_error_);
    Reset();
    return status;
  }
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  absl::Status status = code == SQLITE_DONE ? absl::OkStatus() : StatusOf(database, code);
  Reset();
  if (!status.ok()) return status;
  return false;
}

absl::Status SqliteStatement::Run() {
  while (true) {
    ASSIGN_OR_RETURN(const bool has_row, Step());
    if (!has_row) return absl::OkStatus();
  }
}

void SqliteStatement::Reset() {
  sqlite3_reset(statement_.get());
  bind_error_ = SQLITE_OK;
}

int64_t SqliteStatement::Int64(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view SqliteStatement::Text(int column) const {
  const auto* data = sqlite3_column_text(statement_.get(), column);
  if (data == nullptr) return {};
  return {reinterpret_cast<const char*>(data),
          static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view SqliteStatement::Blob(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data),
          static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void SqliteDatabase::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

absl::StatusOr<SqliteDatabase> SqliteDatabase::Open(const std::string& path, Mode mode) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == Mode::kCreate) flags |= SQLITE_OPEN_CREATE;
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &connection, flags, nullptr);
  if (connection == nullptr) return ResourceExhausted("{}: out of memory", path);
  SqliteDatabase database(connection);
  if (code != SQLITE_OK) {
    return (code & 0xFF) == SQLITE_CANTOPEN
               ? IoError(sqlite3_system_errno(connection), path, sqlite3_errmsg(connection))
               : StatusOf(connection, code);
  }
  RETURN_IF_ERROR(database.Execute("PRAGMA locking_mode=EXCLUSIVE"));
  RETURN_IF_ERROR(database.Execute("PRAGMA journal_mode=WAL"));
  // secure_delete (on in Debian's build) would overwrite every dropped page. cell_size_check finds
  // a damaged page when it is read.
  RETURN_IF_ERROR(database.Execute(
      fmt::format("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint={}; PRAGMA "
                  "journal_size_limit={}; PRAGMA secure_delete=OFF; PRAGMA cell_size_check=ON; "
                  "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF",
                  kCheckpointPages, kWalBytesKept)));
  return database;
}

absl::StatusOr<SqliteStatement> SqliteDatabase::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) return StatusOf(database_.get(), code);
  return SqliteStatement(statement);
}

absl::Status SqliteDatabase::Execute(const std::string& sql) {
  const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : StatusOf(database_.get(), code);
}

absl::StatusOr<int64_t> SqliteDatabase::QueryInt64(std::string_view sql) {
  ASSIGN_OR_RETURN(SqliteStatement statement, Prepare(sql));
  ASSIGN_OR_RETURN(const bool has_row, statement.Step());
  if (!has_row) return NotFound("no row for: {}", sql);
  return statement.Int64(0);
}

absl::Status SqliteDatabase::CheckStructure() {
  ASSIGN_OR_RETURN(SqliteStatement check, Prepare("PRAGMA quick_check(1)"));
  ASSIGN_OR_RETURN(const bool has_row, check.Step());
  if (has_row && check.Text(0) == "ok") return absl::OkStatus();
  return DataLoss("{} is damaged: {}", sqlite3_db_filename(database_.get(), "main"), check.Text(0));
}

absl::StatusOr<SqliteTransaction> SqliteTransaction::Begin(SqliteDatabase* database) {
  RETURN_IF_ERROR(database->Execute("BEGIN IMMEDIATE"));
  return SqliteTransaction(database);
}

absl::Status SqliteTransaction::Commit() {
  RETURN_IF_ERROR(database_->Execute("COMMIT"));
  database_ = nullptr;
  return absl::OkStatus();
}

SqliteTransaction::~SqliteTransaction() {
  if (database_ == nullptr) return;
  sqlite3* connection = database_->database_.get();
  // Some errors have rolled back already.
  if (sqlite3_get_autocommit(connection) == 0) {
    sqlite3_exec(connection, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  // If the disk is full, this may make room for the next transaction; nothing is lost if it fails.
  sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

}  // namespace aisle
