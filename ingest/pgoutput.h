// SPDX-License-Identifier: GPL-3.0-or-later
//
// The messages of PostgreSQL's logical replication: the stream around them ("Streaming Replication
// Protocol" in its manual) and the output plugin pgoutput, protocol version 1 ("Logical Replication
// Message Formats"). Bytes in, values out; knows no connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/status.h"

namespace aisle {

// A place in the write-ahead log.
using Lsn = uint64_t;

// "16/B374D848".
std::string LsnText(Lsn lsn);
absl::StatusOr<Lsn> ParseLsn(std::string_view text);

// Microseconds since 1970.
using PgTime = int64_t;

struct PgValue {
  enum class Kind : uint8_t {
    kNull,
    kUnchanged,  // a large value that the change left as it was: it is not in the stream
    kText,
  };
  Kind kind = Kind::kNull;
  std::string_view text;  // as the type's output function writes it

  friend bool operator==(const PgValue&, const PgValue&) = default;
};
using PgRow = std::vector<PgValue>;  // by column; views into the message

struct PgColumn {
  std::string name;
  uint32_t type = 0;  // OID
  bool is_identity = false;

  friend bool operator==(const PgColumn&, const PgColumn&) = default;
};

struct PgBegin {
  Lsn commit_lsn = 0;
  PgTime commit_time = 0;
  uint32_t xid = 0;
};
struct PgCommit {
  Lsn commit_lsn = 0;
  Lsn end_lsn = 0;  // the stream goes on here
  PgTime commit_time = 0;
};
// Comes before the first change of a table, and again after the table was altered.
struct PgRelation {
  uint32_t oid = 0;
  std::string schema;
  std::string table;
  char identity = 'd';  // default, nothing, full, index
  std::vector<PgColumn> columns;

  friend bool operator==(const PgRelation&, const PgRelation&) = default;
};
struct PgInsert {
  uint32_t relation = 0;
  PgRow row;
};
struct PgUpdate {
  uint32_t relation = 0;
  std::optional<PgRow> old_row;  // only if its identity changed, or if the identity is full
  bool old_is_full = false;      // else only the identity's columns are set
  PgRow row;
};
struct PgDelete {
  uint32_t relation = 0;
  PgRow old_row;
  bool old_is_full = false;
};
struct PgTruncate {
  std::vector<uint32_t> relations;
};
struct PgOther {};  // nothing that a feed needs

using PgMessage =
    std::variant<PgOther, PgBegin, PgCommit, PgRelation, PgInsert, PgUpdate, PgDelete, PgTruncate>;

// DataLoss if the bytes are no message; whatever they are, nothing outside of them is read.
absl::StatusOr<PgMessage> DecodePgoutput(std::string_view bytes);

// What a replication stream brings.
struct PgStreamData {
  Lsn server_end = 0;        // of the server's log when it was sent
  std::string_view message;  // for DecodePgoutput()
};
struct PgKeepalive {
  Lsn server_end = 0;  // all before it has been sent, or is nothing for this stream
  bool wants_reply = false;
};
using PgStreamMessage = std::variant<PgStreamData, PgKeepalive>;
absl::StatusOr<PgStreamMessage> DecodeStream(std::string_view bytes);

// The answer by which the server may forget all before `confirmed`.
std::string EncodeStandbyStatus(Lsn received, Lsn confirmed, PgTime now);

}  // namespace aisle
