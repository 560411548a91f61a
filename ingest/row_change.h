// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a database's log tells of rows, whichever database it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aisle {

// A place in a database's log; what is later has a higher one. PostgreSQL: the LSN. MariaDB: the
// number of the binlog file in the upper 32 bits, the offset within it in the lower ones.
using LogPosition = uint64_t;

// Microseconds since 1970.
using UnixMicros = int64_t;

struct ColumnValue {
  enum class Kind : uint8_t {
    kNull,
    kUnchanged,  // a large value that the change left as it was: it is not in the stream
    kText,
  };
  Kind kind = Kind::kNull;
  std::string_view text;  // as the database prints it; of a type without a text form: empty

  friend bool operator==(const ColumnValue&, const ColumnValue&) = default;
};
using TableRow = std::vector<ColumnValue>;  // by column; views into the message

// What a column's text is in a document.
enum class ValueKind : uint8_t {
  kText,  // a string
  kJson,  // JSON as it stands: numbers, and types that are JSON
  kBool,  // "t" is true
};

struct TableColumn {
  std::string name;
  ValueKind kind = ValueKind::kText;

  friend bool operator==(const TableColumn&, const TableColumn&) = default;
};

// How the rows of a table look. Comes before its first change, and again after the table was
// altered.
struct TableShape {
  uint64_t id = 0;  // what its changes call it
  std::string schema;
  std::string table;
  std::vector<TableColumn> columns;

  friend bool operator==(const TableShape&, const TableShape&) = default;
};

struct RowInsert {
  uint64_t relation = 0;
  TableRow row;
};
struct RowUpdate {
  uint64_t relation = 0;
  std::optional<TableRow> old_row;  // may be missing if what names the row is as it was
  bool old_is_full = false;         // else only the columns that name the row are set
  TableRow row;
};
struct RowDelete {
  uint64_t relation = 0;
  TableRow old_row;
  bool old_is_full = false;
};
struct TableTruncate {
  std::vector<uint64_t> relations;
};

}  // namespace aisle
