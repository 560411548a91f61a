// SPDX-License-Identifier: GPL-3.0-or-later
//
// What MariaDB's binlog holds: events, and the rows in them. Decoding knows no connection and keeps
// nothing but views.
//
// Formats: https://mariadb.com/kb/en/replication-protocol/ (events), and of values the layout that
// row events have had since MySQL 5.6.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "ingest/row_change.h"

namespace aisle {

// "binlog.000012" and an offset as a position, and the other way round.
LogPosition BinlogPosition(uint32_t file, uint32_t offset);
inline uint32_t BinlogFile(LogPosition position) { return static_cast<uint32_t>(position >> 32); }
inline uint32_t BinlogOffset(LogPosition position) { return static_cast<uint32_t>(position); }
// The number at the end of a file's name. DataLoss if there is none.
absl::StatusOr<uint32_t> BinlogFileNumber(std::string_view name);

struct BinlogEvent {
  enum class Type {
    kOther,      // nothing that a feed needs
    kGtid,       // a transaction begins, or a statement by itself
    kTable,      // what the rows that follow look like
    kRows,       // rows that were inserted, changed or deleted
    kQuery,      // a statement as text
    kCommit,     // the transaction ends
    kPrepared,   // a distributed transaction waits for its end
    kRotate,     // the log goes on in another file
    kHeartbeat,  // nothing has happened
    kUnknown,    // may change rows, and cannot be read
  };
  Type type = Type::kOther;
  uint32_t end = 0;      // its end in the file; 0: it is not in the file
  uint32_t seconds = 0;  // since 1970: when its statement began

  // kGtid
  std::string gtid;            // "0-1-27"
  bool is_standalone = false;  // the next event is all of it, and no kCommit follows
  // kTable and kRows
  uint64_t table_id = 0;
  std::string_view schema, table;
  std::string_view column_types, column_metadata, column_names;  // as the log has them
  std::string_view unsigned_columns;  // a bit for each number, the highest first
  // kRows
  enum class Change { kInsert, kUpdate, kDelete };
  Change change = Change::kInsert;
  bool has_all_columns = false;  // else rows lack some
  size_t columns = 0;
  std::string_view rows;
  // kQuery; `schema` is the default one.
  std::string_view statement;
  // kRotate
  std::string_view file;
};

// How the rows of a table are stored.
class BinlogTable {
 public:
  // DataLoss if the event is damaged, or has a type that is not known.
  static absl::StatusOr<BinlogTable> FromEvent(const BinlogEvent& event);

  // Without columns if the log does not have their names (binlog_row_metadata is not FULL).
  const TableShape& shape() const { return shape_; }
  // Calls one of these with each row of the event, in order. Rows are valid during the call.
  struct Visitor {
    std::function<absl::Status(const RowInsert&)> insert;
    std::function<absl::Status(const RowUpdate&)> update;
    std::function<absl::Status(const RowDelete&)> remove;
  };
  absl::Status Visit(const BinlogEvent& rows, const Visitor& visitor) const;

 private:
  struct Column {
    uint8_t type = 0;
    uint16_t metadata = 0;
    bool is_unsigned = false;
  };
  class Reader;
  static absl::StatusOr<std::vector<Column>> ReadColumns(const BinlogEvent& event);

  TableShape shape_;
  std::vector<Column> columns_;
};

}  // namespace aisle
