// SPDX-License-Identifier: GPL-3.0-or-later
//
// Manifest: what a collection consists of, in DIR/collection.db: its schema and its segments with
// their live bits and hot values. The same file holds the journal (ingest/sqlite_journal.h), so
// that one transaction records a new segment and drops the journal rows it covers. DIR/LOCK is
// locked while the manifest is open.
//
// Thread safe. Errors are those of indexer/sqlite_database.h.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/synchronization/mutex.h>

#include "core/file.h"
#include "core/status.h"
#include "indexer/sqlite_database.h"

namespace aisle {

struct SegmentRecord {
  uint64_t id = 0;
  uint32_t shard = 0;
  uint32_t documents = 0;  // also those that are no longer live
  std::string live;        // bytes of a DocSet; empty: all are live
  std::string hot = {};    // bytes of HotColumns; empty: no document has other values

  bool operator==(const SegmentRecord&) const = default;
};

struct ManifestState {
  std::string schema_json;
  std::string ranking_json = {};  // empty: the default
  uint32_t shards = 1;
  int64_t created_at = 0;               // Unix seconds
  std::vector<SegmentRecord> segments;  // by shard, within it in the order they were committed in
  uint64_t next_segment = 1;            // the id that AllocateSegmentId() gives next

  bool operator==(const ManifestState&) const = default;
};

// One flush or merge of one shard.
struct SegmentCommit {
  uint32_t shard = 0;
  std::vector<SegmentRecord> segments;  // the shard's whole list after it
  uint64_t journal_covered =
      0;  // journal rows of this shard up to this sequence are dropped (0: none)
};

// collection.db as manifest and journal share it. Its tables: manifest.cc.
struct CollectionDatabase {
  explicit CollectionDatabase(SqliteDatabase database) : connection(std::move(database)) {}

  // Sets one row of the table `setting`, in the caller's transaction.
  absl::Status WriteSetting(std::string_view name, uint64_t number, std::string_view text)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);

  absl::Mutex mutex;
  SqliteDatabase connection ABSL_GUARDED_BY(mutex);
  std::atomic<uint64_t> journal_bytes = 0;  // of the payloads in the journal
};

// The column `checksum` of a row with these other columns.
uint32_t RowChecksum(std::initializer_list<uint64_t> numbers,
                     std::initializer_list<std::string_view> strings);

class Manifest {
 public:
  // Makes the directory. AlreadyExists if it has a manifest; one whose creation was cut short does
  // not count.
  static absl::StatusOr<std::unique_ptr<Manifest>> Create(const std::string& directory,
                                                          const ManifestState& initial);
  // NotFound if there is none; FailedPrecondition if another process has it open or a newer version
  // wrote it; DataLoss if the file is not as it was written.
  static absl::StatusOr<std::unique_ptr<Manifest>> Open(const std::string& directory);

  absl::StatusOr<ManifestState> Read() const;
  // Durable when it returns. All of it or, on an error, nothing.
  absl::Status CommitSegments(const SegmentCommit& commit);
  // Durable. Empty: the default.
  absl::Status WriteRanking(std::string_view ranking_json);
  // Durable: no id is given twice, not even after a crash.
  absl::StatusOr<uint64_t> AllocateSegmentId();

  // For the journal; it must not outlive the manifest.
  CollectionDatabase& database() { return *database_; }

 private:
  Manifest(FileLock lock, SqliteDatabase database)
      : lock_(std::move(lock)),
        database_(std::make_unique<CollectionDatabase>(std::move(database))) {}

  absl::Status WriteInitial(const ManifestState& initial);
  absl::Status Check();
  // Upgrades a file of an older format, in one transaction.
  absl::Status AddTables(int64_t format) ABSL_EXCLUSIVE_LOCKS_REQUIRED(database_->mutex);

  const FileLock lock_;  // released after the database is closed
  const std::unique_ptr<CollectionDatabase> database_;
};

}  // namespace aisle
