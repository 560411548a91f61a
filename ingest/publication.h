// SPDX-License-Identifier: GPL-3.0-or-later
//
// The publication that a feed reads, and whether the tables in it tell enough: what a feed needs to
// know before it trusts the stream.
#pragma once

#include "core/status.h"
#include "ingest/feed_definition.h"
#include "ingest/postgres_connection.h"

namespace aisle {

// Makes the publication if there is none, and checks the server's settings, every table, its
// replica identity and what is published of it. FailedPrecondition with every mistake and the
// statement that repairs it.
absl::Status CheckSource(const DatabaseDefinition& source, PostgresConnection* connection);

// Drops the publication; fine if it is not there.
absl::Status DropPublication(const DatabaseDefinition& source, PostgresConnection* connection);

}  // namespace aisle
