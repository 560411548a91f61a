// SPDX-License-Identifier: GPL-3.0-or-later
//
// Database: what a feed needs of a database, whichever it is: a log of changed rows that can be
// followed from a position, and documents by a query. One file for each kind implements it
// (postgres_database.h, mariadb_database.h).
//
// A Database is a value's worth of knowledge and thread safe; a DatabaseSession is two connections,
// used by one thread. Errors are those of the connections: Unavailable is worth another attempt
// with a new session.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include <absl/time/time.h>

#include "core/status.h"
#include "ingest/change_batch.h"
#include "ingest/database_progress.h"
#include "ingest/document_fetcher.h"
#include "ingest/feed_definition.h"

namespace aisle {

class DatabaseSession {
 public:
  virtual ~DatabaseSession() = default;

  // Fits `progress` to the server's log. Not empty: why changes may be missing, so that a snapshot
  // must begin (`progress` says so already). Call it first.
  virtual absl::StatusOr<std::string> Adopt(DatabaseProgress* progress) = 0;
  // Begins the stream behind `position`.
  virtual absl::Status Follow(LogPosition position) = 0;

  // What the stream has brought since, after at most `wait` if nothing has.
  virtual absl::StatusOr<ChangeBatch> Read(absl::Duration wait) = 0;
  // All up to `position` is durable here: the server may forget it.
  virtual absl::Status Confirm(LogPosition position) = 0;
  // Everything up to here has been read, and batches hold all of it that matters; 0 within a
  // transaction.
  virtual LogPosition idle_position() const = 0;
  // DatabaseProgress::mark of the last transaction that was read to its end.
  virtual std::string mark() const { return {}; }
  // Of the server's log, as far as it has told.
  virtual LogPosition server_end() const = 0;
  // Makes a quiet server tell how far its log is.
  virtual absl::Status Nudge() { return absl::OkStatus(); }

  struct LogState {
    LogPosition end = 0;
    uint64_t lag_bytes = 0;   // between `position` and the end
    uint64_t kept_bytes = 0;  // of the log, kept for the feed
  };
  virtual absl::StatusOr<LogState> ReadLogState(LogPosition position) = 0;

  virtual DocumentFetcher* fetcher() = 0;
};

class Database {
 public:
  // By the kind of definition that it is. `definition` must outlive the database.
  static std::unique_ptr<Database> Of(const DatabaseDefinition& definition);
  virtual ~Database() = default;

  // Connects, and checks whether the database and the definition fit each other. Cancelled soon
  // after `stop` is set, as everything that the session does.
  virtual absl::StatusOr<std::unique_ptr<DatabaseSession>> Connect(
      const std::atomic<bool>* stop) const = 0;
  // Removes what the feed has made in the database. An error says what is left and how to remove
  // it.
  virtual absl::Status Retire() const = 0;
  // A position as the database's tools print it.
  virtual std::string PositionText(LogPosition position) const = 0;
  // Bytes of the log from one position to another; nullopt if positions do not tell.
  virtual std::optional<uint64_t> Between(LogPosition from, LogPosition to) const = 0;

 protected:
  explicit Database(const DatabaseDefinition& definition) : definition_(definition) {}
  const DatabaseDefinition& definition_;
};

}  // namespace aisle
