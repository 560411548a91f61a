// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostgresDatabase: PostgreSQL as a feed sees it: a replication slot, a publication, and queries.
#pragma once

#include "ingest/database.h"

namespace aisle {

class PostgresDatabase : public Database {
 public:
  explicit PostgresDatabase(const DatabaseDefinition& definition) : Database(definition) {}

  absl::StatusOr<std::unique_ptr<DatabaseSession>> Connect(
      const std::atomic<bool>* stop) const override;
  absl::Status Retire() const override;
  std::string PositionText(LogPosition position) const override;
  std::optional<uint64_t> Between(LogPosition from, LogPosition to) const override {
    return to - from;
  }
};

}  // namespace aisle
