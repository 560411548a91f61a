// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a MariaDB server logs enough, and its tables tell enough: what a feed needs to know
// before it trusts the binlog.
#pragma once

#include "core/status.h"
#include "ingest/feed_definition.h"
#include "ingest/mariadb_connection.h"

namespace aisle {

// FailedPrecondition with every mistake and the statement that repairs it.
absl::Status CheckMariadb(const DatabaseDefinition& definition, MariadbConnection* connection);

}  // namespace aisle
