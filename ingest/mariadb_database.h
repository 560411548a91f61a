// SPDX-License-Identifier: GPL-3.0-or-later
//
// MariadbDatabase: MariaDB as a feed sees it: a binlog of rows, and queries.
#pragma once

#include "ingest/database.h"

namespace aisle {

class MariadbDatabase : public Database {
 public:
  explicit MariadbDatabase(const DatabaseDefinition& definition) : Database(definition) {}

  absl::StatusOr<std::unique_ptr<DatabaseSession>> Connect(
      const std::atomic<bool>* stop) const override;
  // A feed leaves nothing in the server.
  absl::Status Retire() const override { return absl::OkStatus(); }
  std::string PositionText(LogPosition position) const override;
  std::optional<uint64_t> Between(LogPosition from, LogPosition to) const override;
};

}  // namespace aisle
