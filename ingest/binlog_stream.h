// SPDX-License-Identifier: GPL-3.0-or-later
//
// BinlogStream: MariaDB's binlog from a position on, read in batches of whole transactions where
// they are small, and in parts of one where it is larger than memory. Not thread safe.
#pragma once

#include <memory>
#include <string>

#include <absl/container/flat_hash_map.h>
#include <absl/time/time.h>

#include "core/status.h"
#include "ingest/change_batch.h"
#include "ingest/mariadb_connection.h"
#include "ingest/row_mapper.h"

namespace aisle {

class BinlogStream {
 public:
  // `connection` becomes the stream's; `start` is where a transaction ended. `file_base` is what
  // the names of the log's files begin with ("binlog"). `definition` must outlive the stream.
  static absl::StatusOr<std::unique_ptr<BinlogStream>> Open(const DatabaseDefinition& definition,
                                                            MariadbConnection connection,
                                                            const std::string& file_base,
                                                            LogPosition start);

  // What has come since, after at most `wait` if nothing has. Stops at a transaction's end once it
  // has enough, or within it when the batch is full.
  absl::StatusOr<ChangeBatch> Read(absl::Duration wait);

  // Everything up to here has been read, and batches hold all of it that matters; 0 within a
  // transaction.
  LogPosition idle_position() const { return is_in_transaction_ ? 0 : position_; }
  LogPosition position() const { return position_; }
  // The GTID of the last transaction that was read to its end; empty: none was.
  const std::string& last_gtid() const { return last_gtid_; }

 private:
  BinlogStream(const DatabaseDefinition* definition, MariadbConnection connection,
               LogPosition start)
      : definition_(definition),
        connection_(std::move(connection)),
        mapper_(definition),
        position_(start) {}
  absl::Status Handle(const BinlogEvent& event, ChangeBatch* batch);
  absl::Status HandleTable(const BinlogEvent& event);
  absl::Status HandleRows(const BinlogEvent& event, ChangeBatch* batch);
  void HandleStatement(const BinlogEvent& event, ChangeBatch* batch);
  void Begin(const BinlogEvent& event, const ChangeBatch& batch);
  void End(ChangeBatch* batch);
  bool IsMapped(std::string_view schema, std::string_view table) const;

  const DatabaseDefinition* const definition_;
  MariadbConnection connection_;
  RowMapper mapper_;
  // How rows of tables that the definition names look, by id; with what the log said, since it says
  // so before each statement.
  struct KnownTable {
    std::string said;
    BinlogTable table;
  };
  absl::flat_hash_map<uint64_t, KnownTable> tables_;
  LogPosition position_;  // of what was read last, its end
  bool is_in_transaction_ = false;
  bool is_standalone_ = false;
  LogPosition transaction_begin_ = 0;
  UnixMicros transaction_time_ = 0;
  bool has_changes_ = false;     // the transaction has some that matter
  uint64_t fetches_before_ = 0;  // PendingChanges::fetches when it began
  std::string gtid_, last_gtid_;
};

// Whether a statement of the log changes rows of one of the tables without telling which: DDL, or
// rows that were logged as a statement. `names` are those of tables.
bool ChangesTables(std::string_view statement, const std::vector<std::string>& names);

}  // namespace aisle
