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
#include "ingest/row_change.h"

namespace aisle {

// A place in the write-ahead log.
using Lsn = LogPosition;

// "16/B374D848".
std::string LsnText(Lsn lsn);
absl::StatusOr<Lsn> ParseLsn(std::string_view text);

struct PgBegin {
  Lsn commit_lsn = 0;
  UnixMicros commit_time = 0;
  uint32_t xid = 0;
};
struct PgCommit {
  Lsn commit_lsn = 0;
  Lsn end_lsn = 0;  // the stream goes on here
  UnixMicros commit_time = 0;
};
struct PgOther {};  // nothing that a feed needs

using PgMessage = std::variant<PgOther, PgBegin, PgCommit, TableShape, RowInsert, RowUpdate,
                               RowDelete, TableTruncate>;

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
std::string EncodeStandbyStatus(Lsn received, Lsn confirmed, UnixMicros now);

}  // namespace aisle
