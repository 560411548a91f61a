// SPDX-License-Identifier: GPL-3.0-or-later
//
// SqliteDatabase: one connection to one SQLite file, in WAL mode with synchronous=FULL: a committed
// transaction survives a power cut. The file is held exclusively from Open() on, and needs no -shm
// file.
//
// Not thread safe: callers synchronise. Errors of all functions:
//   ResourceExhausted   the disk is full. Nothing of the transaction counts, and the connection
//   works again as soon
//                       as there is room;
//   DataLoss            the file is not a SQLite database, or is damaged;
//   FailedPrecondition  another process has it open;
//   PermissionDenied, NotFound, Unavailable (I/O error, with the system's text), Internal (a wrong
//   statement).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/status.h"

struct sqlite3;
struct sqlite3_stmt;

namespace aisle {

// A prepared statement. Parameters count from 1, columns from 0. Must not outlive its database.
class SqliteStatement {
 public:
  // Text and blobs are not copied: they must live until the statement has run. A parameter that
  // cannot be bound is reported by the next Step().
  SqliteStatement& BindInt64(int parameter, int64_t value);
  SqliteStatement& BindText(int parameter, std::string_view value);
  SqliteStatement& BindBlob(int parameter, std::string_view value);

  // Goes on to the next row; false after the last one, when the statement is ready to be bound and
  // run again.
  absl::StatusOr<bool> Step();
  // Runs to the end, ignoring rows.
  absl::Status Run();
  // Ends a run early. Parameters keep their values.
  void Reset();

  // Columns of the present row. NULL reads as 0 or "". Views live until the next call of Step(),
  // Run() or Reset().
  int64_t Int64(int column) const;
  std::string_view Text(int column) const;
  std::string_view Blob(int column) const;

 private:
  friend class SqliteDatabase;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {}
  void NoteBind(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bind_error_ = 0;  // the first one since the last run
};

class SqliteDatabase {
 public:
  enum class Mode {
    kCreate,  // makes the file if there is none
    kOpen,    // NotFound if there is none
  };
  static absl::StatusOr<SqliteDatabase> Open(const std::string& path, Mode mode);

  absl::StatusOr<SqliteStatement> Prepare(std::string_view sql);
  // Runs statements without parameters, separated by semicolons.
  absl::Status Execute(const std::string& sql);
  // The first column of the first row, such as the value of a pragma; NotFound if there is no row.
  absl::StatusOr<int64_t> QueryInt64(std::string_view sql);
  // Reads all of the file's structure: DataLoss, with what is wrong, if it is damaged.
  absl::Status CheckStructure();

 private:
  friend class SqliteTransaction;
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit SqliteDatabase(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, Close> database_;
};

// A write transaction, rolled back on destruction unless it was committed. Must not outlive its
// database.
class SqliteTransaction {
 public:
  static absl::StatusOr<SqliteTransaction> Begin(SqliteDatabase* database);
  SqliteTransaction(SqliteTransaction&& other) noexcept : database_(other.database_) {
    other.database_ = nullptr;
  }
  SqliteTransaction& operator=(SqliteTransaction&&) = delete;
  ~SqliteTransaction();

  // Durable when it returns OK. After an error the transaction is to be destroyed.
  absl::Status Commit();

 private:
  explicit SqliteTransaction(SqliteDatabase* database) : database_(database) {}
  SqliteDatabase* database_;  // nullptr once it is over
};

}  // namespace aisle
