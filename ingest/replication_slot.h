// SPDX-License-Identifier: GPL-3.0-or-later
//
// ReplicationSlot: the place in the log that PostgreSQL keeps for a feed, and whether it still fits
// what the feed remembers. A feed that was away too long, a server restored from a backup, another
// server behind the same name: each is seen here, said, and followed by a snapshot.
#pragma once

#include <string>

#include "core/status.h"
#include "ingest/database_progress.h"
#include "ingest/feed_definition.h"
#include "ingest/postgres_connection.h"

namespace aisle {

struct SlotState {
  bool exists = false;
  bool is_lost = false;  // the server has thrown away what the slot had kept
  Lsn confirmed = 0;
  Lsn server_end = 0;           // of the log
  uint64_t retained_bytes = 0;  // of the log, kept for the slot
};
absl::StatusOr<SlotState> ReadSlot(const DatabaseDefinition& source,
                                   PostgresConnection* connection);

// Makes the slot if it is missing or lost and fits `progress` to it. Not empty: what was lost, so
// that a snapshot must begin (`progress` says so already). `system` is the server's identifier.
absl::StatusOr<std::string> EnsureSlot(const DatabaseDefinition& source, const std::string& system,
                                       PostgresConnection* connection, DatabaseProgress* progress);

// Fine if there is none.
absl::Status DropSlot(const DatabaseDefinition& source, PostgresConnection* connection);

}  // namespace aisle
