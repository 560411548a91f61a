// SPDX-License-Identifier: GPL-3.0-or-later
//
// DatabaseDefinition: the part of a feed's definition that is about a database. A value.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "ingest/definition_members.h"

namespace aisle {

// How the rows of one table name the products that they belong to, by one of these:
struct TableMapping {
  std::string schema = "public";  // of MariaDB: the database
  std::string table;
  std::string id_column;   // the column that holds the product's id
  std::string key_column;  // of `ids_query`: the column that is its $1
  std::string ids_query;   // gives the ids of the products that a row belongs to
  // Columns that go straight into a field of the document when they alone have changed.
  std::vector<std::pair<std::string, std::string>> hot;  // column, field
  std::vector<std::string> ignored;                      // columns whose change does not matter

  // "public.stock".
  std::string FullName() const { return schema + "." + table; }
};

struct DatabaseDefinition {
  enum class Kind { kPostgres, kMariadb };
  Kind kind = Kind::kPostgres;
  std::string connection;  // PostgreSQL: as libpq reads it; MariaDB: mariadb_connection.h
  // Gives one row (id, document) for each of the products whose ids are $1: in PostgreSQL an array,
  // in MariaDB the elements of a list.
  std::string documents;
  std::vector<TableMapping> tables;
  size_t root = 0;  // the table with one row for each product; its id column is unique
  uint64_t verify_every_seconds = 3600;  // 0: only when asked

  // Of PostgreSQL.
  std::string slot;
  std::string publication;
  bool owns_publication = false;                 // it was made for the feed, and goes with it
  uint64_t slot_bytes_max = uint64_t{10} << 30;  // kept for the slot: above it the feed warns

  // Of MariaDB: what the feed calls itself as a replica; no other replica may have the same.
  uint32_t server_id = 0;
};

// Reads the members of a feed named `feed`; mistakes go into the list of `members`.
DatabaseDefinition ReadDatabase(DatabaseDefinition::Kind kind, const std::string& feed,
                                DefinitionMembers* members);
// What is shown of it: no password, and defaults that matter.
void DescribeDatabase(const DatabaseDefinition& definition, Json* json);

}  // namespace aisle
