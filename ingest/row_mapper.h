// SPDX-License-Identifier: GPL-3.0-or-later
//
// RowMapper: from changed rows to the documents that they change, by the feed's definition. Changes
// are coalesced: however often the rows of a product change, it is one pending change.
//
// Not thread safe.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include "core/json.h"
#include "core/status.h"
#include "ingest/feed_definition.h"
#include "ingest/row_change.h"

namespace aisle {

// What has changed and is not applied yet.
struct PendingChanges {
  struct Document {
    bool is_fetched = false;   // the document is to be asked for; else `patch` is all
    Json::Object patch;        // fields from hot columns
    LogPosition position = 0;  // of the last of its transactions
  };
  absl::flat_hash_map<std::string, Document> documents;  // by id
  // Rows whose documents only a query tells: table (place in the definition), key.
  absl::flat_hash_set<std::pair<size_t, std::string>> lookups;
  bool needs_snapshot = false;  // rows changed that the log does not name
  uint64_t fetches = 0;         // how often a document or query was added; never falls

  size_t size() const { return documents.size() + lookups.size(); }
  bool empty() const { return size() == 0 && !needs_snapshot; }
  void Fetch(std::string id, LogPosition position);
  void LookUp(size_t table, std::string key);
};

class RowMapper {
 public:
  // `source` must outlive the mapper.
  explicit RowMapper(const DatabaseDefinition* source) : source_(source) {}

  // Remembers how the table's rows look from now on.
  void SetRelation(const TableShape& relation);
  // Each adds to `pending` what the change at `position` means. DataLoss if the row has no such
  // relation or another number of columns.
  absl::Status Map(const RowInsert& insert, LogPosition position, PendingChanges* pending) const;
  absl::Status Map(const RowUpdate& update, LogPosition position, PendingChanges* pending) const;
  absl::Status Map(const RowDelete& change, LogPosition position, PendingChanges* pending) const;
  absl::Status Map(const TableTruncate& truncate, PendingChanges* pending) const;

 private:
  struct Relation {
    std::string name;
    std::vector<ValueKind> kinds;  // by column
    bool is_mapped = false;        // named by the definition; what follows counts
    size_t table = 0;              // place in the definition
    size_t naming = 0;             // the column with the product's id, or the query's key;
                                   // as many as there are columns: it is not there
    std::vector<std::pair<size_t, std::string>> hot;  // column, field
    std::vector<bool> is_ignored;                     // by column
  };

  absl::StatusOr<const Relation*> Find(uint64_t id, size_t columns) const;
  void AddRow(const Relation& relation, const TableRow& row, LogPosition position,
              PendingChanges* pending) const;
  // The fields to set, if the update is of hot columns alone; false: it is not.
  static bool IsHotOnly(const Relation& relation, const RowUpdate& update, Json::Object* patch);

  const DatabaseDefinition* const source_;
  absl::flat_hash_map<uint64_t, Relation> relations_;  // by the log's id
};

}  // namespace aisle
