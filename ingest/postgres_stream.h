// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostgresStream: the replication stream of one slot, read in batches of whole transactions where
// they are small, and in parts of one where it is larger than memory. Not thread safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <absl/time/time.h>

#include "core/status.h"
#include "ingest/change_batch.h"
#include "ingest/pgoutput.h"
#include "ingest/postgres_connection.h"
#include "ingest/row_mapper.h"

namespace aisle {

class PostgresStream {
 public:
  // `connection` is one for replication; the stream begins behind `start`. `source` must outlive
  // the stream.
  static absl::StatusOr<std::unique_ptr<PostgresStream>> Open(const DatabaseDefinition& source,
                                                              PostgresConnection connection,
                                                              Lsn start);

  // What has come since, after at most `wait` if nothing has. Stops at a transaction's end once it
  // has enough, or within it when the batch is full.
  absl::StatusOr<ChangeBatch> Read(absl::Duration wait);
  // Tells the server that all up to `position` is durable here.
  absl::Status Confirm(Lsn position);

  // Of the server's log, as far as it has told.
  Lsn server_end() const { return server_end_; }
  // Everything up to here has been read, and batches hold all of it that matters; 0 within a
  // transaction.
  Lsn idle_position() const { return idle_position_; }

 private:
  PostgresStream(const DatabaseDefinition& source, PostgresConnection connection, Lsn start)
      : connection_(std::move(connection)),
        mapper_(&source),
        skip_up_to_(start),
        server_end_(start),
        confirmed_(start) {}
  absl::Status Handle(const PgMessage& message, ChangeBatch* batch);
  void HandleKeepalive(const PgKeepalive& keepalive, const ChangeBatch& batch);

  PostgresConnection connection_;
  RowMapper mapper_;
  const Lsn skip_up_to_;
  PgBegin transaction_;
  bool is_in_transaction_ = false;
  bool wants_reply_ = false;
  uint64_t fetches_before_ = 0;  // PendingChanges::fetches when the transaction began
  Lsn server_end_;
  Lsn idle_position_ = 0;
  Lsn confirmed_;
};

}  // namespace aisle
