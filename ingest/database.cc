// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/database.h"

#include "ingest/mariadb_database.h"
#include "ingest/postgres_database.h"

namespace aisle {

std::unique_ptr<Database> Database::Of(const DatabaseDefinition& definition) {
  if (definition.kind == DatabaseDefinition::Kind::kMariadb) {
    return std::make_unique<MariadbDatabase>(definition);
  }
  return std::make_unique<PostgresDatabase>(definition);
}

}  // namespace aisle
