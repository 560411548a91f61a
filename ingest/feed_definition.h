// SPDX-License-Identifier: GPL-3.0-or-later
//
// FeedDefinition: what the operator says about a feed, from the JSON of `POST /feeds`
// (docs/feeds.md). A value; immutable once made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/status.h"

namespace aisle {

// How the rows of one table name the products that they belong to, by one of these:
struct TableMapping {
  std::string schema = "public";
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

struct PostgresSource {
  std::string connection;  // as libpq reads it
  // Gives one row (id, document) for each of the products whose ids are in the array $1.
  std::string documents;
  std::vector<TableMapping> tables;
  size_t root = 0;  // the table with one row for each product; its id column is unique
  std::string slot;
  std::string publication;
  uint64_t slot_bytes_max = uint64_t{10} << 30;  // kept for the slot: above it the feed warns
  uint64_t verify_every_seconds = 0;             // 0: only when asked
};

enum class FeedType { kEvents, kPostgres };
std::string_view FeedTypeName(FeedType type);

struct FeedDefinition {
  std::string name;
  std::string collection;
  FeedType type = FeedType::kEvents;
  uint64_t dead_letters_max = 1000;            // from here on the feed stands still
  uint64_t tombstone_seconds = 7 * 24 * 3600;  // of kEvents: how late a late event may be
  std::optional<PostgresSource> postgres;      // of kPostgres
  Json json;                                   // as it came

  // The error lists every mistake with its member.
  static absl::StatusOr<FeedDefinition> FromJson(const Json& json);
  // As it came, without passwords.
  Json ToPublicJson() const;
};

}  // namespace aisle
