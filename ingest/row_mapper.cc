// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/row_mapper.h"

#include <algorithm>
#include <optional>

namespace aisle {
namespace {

// The JSON that the database's own function makes of the same value; nullopt if JSON has none for
// it (NaN).
std::optional<Json> JsonOf(const ColumnValue& value, ValueKind kind) {
  if (value.kind == ColumnValue::Kind::kNull) return Json();
  if (kind == ValueKind::kBool) return Json(value.text == "t");
  if (kind == ValueKind::kText) return Json(value.text);
  auto json = ParseJson(value.text);
  if (!json.ok()) return std::nullopt;
  return *std::move(json);
}

size_t PlaceOf(const TableShape& relation, std::string_view column) {
  const auto it = std::find_if(relation.columns.begin(), relation.columns.end(),
                               [&](const TableColumn& known) { return known.name == column; });
  return static_cast<size_t>(it - relation.columns.begin());
}

}  // namespace

void PendingChanges::LookUp(size_t table, std::string key) {
  ++fetches;
  lookups.emplace(table, std::move(key));
}

void PendingChanges::Fetch(std::string id, LogPosition position) {
  ++fetches;
  Document& document = documents[std::move(id)];
  document.is_fetched = true;
  document.patch.clear();
  document.position = position;
}

// The stream shows a table as it was when the row changed, which may be long ago: a column that is
// not there may have come since, or be back. What it leaves open is asked of the database.
void RowMapper::SetRelation(const TableShape& relation) {
  Relation known{.name = relation.schema + "." + relation.table};
  const size_t columns = relation.columns.size();
  for (const TableColumn& column : relation.columns) known.kinds.push_back(column.kind);
  known.is_ignored.resize(columns);
  for (size_t i = 0; i < source_->tables.size(); ++i) {
    const TableMapping& table = source_->tables[i];
    if (table.FullName() != known.name) continue;
    known.is_mapped = true;
    known.table = i;
    known.naming = PlaceOf(relation, table.id_column.empty() ? table.key_column : table.id_column);
    for (const auto& [column, field] : table.hot) {
      known.hot.emplace_back(PlaceOf(relation, column), field);
    }
    const auto is_missing = [&](const auto& hot) { return hot.first == columns; };
    if (std::any_of(known.hot.begin(), known.hot.end(), is_missing)) known.hot.clear();
    for (const std::string& column : table.ignored) {
      const size_t place = PlaceOf(relation, column);
      if (place < columns) known.is_ignored[place] = true;
    }
  }
  relations_[relation.id] = std::move(known);
}

absl::StatusOr<const RowMapper::Relation*> RowMapper::Find(uint64_t id, size_t columns) const {
  const auto it = relations_.find(id);
  if (it == relations_.end()) return DataLoss("a row is of table {}, which was not announced", id);
  if (it->second.kinds.size() != columns) {
    return DataLoss("a row of {} has {} columns, announced were {}", it->second.name, columns,
                    it->second.kinds.size());
  }
  return &it->second;
}

// A row whose id is NULL belongs to no product. Where rows do not tell, any product may be meant.
void RowMapper::AddRow(const Relation& relation, const TableRow& row, LogPosition position,
                       PendingChanges* pending) const {
  if (!relation.is_mapped) return;
  if (relation.naming >= row.size()) {
    pending->needs_snapshot = true;
    return;
  }
  if (row[relation.naming].kind != ColumnValue::Kind::kText) return;
  std::string name(row[relation.naming].text);
  if (source_->tables[relation.table].id_column.empty()) {
    pending->LookUp(relation.table, std::move(name));
  } else {
    pending->Fetch(std::move(name), position);
  }
}

absl::Status RowMapper::Map(const RowInsert& insert, LogPosition position,
                            PendingChanges* pending) const {
  ASSIGN_OR_RETURN(const Relation* relation, Find(insert.relation, insert.row.size()));
  AddRow(*relation, insert.row, position, pending);
  return absl::OkStatus();
}

absl::Status RowMapper::Map(const RowDelete& change, LogPosition position,
                            PendingChanges* pending) const {
  ASSIGN_OR_RETURN(const Relation* relation, Find(change.relation, change.old_row.size()));
  AddRow(*relation, change.old_row, position, pending);
  return absl::OkStatus();
}

bool RowMapper::IsHotOnly(const Relation& relation, const RowUpdate& update, Json::Object* patch) {
  if (relation.hot.empty()) return false;
  for (size_t column = 0; column < update.row.size(); ++column) {
    const ColumnValue& value = update.row[column];
    if (value.kind == ColumnValue::Kind::kUnchanged || relation.is_ignored[column]) continue;
    // Without the whole old row all columns but the naming one are hot or ignored; the feed has
    // seen to that when it began.
    if (update.old_is_full && (*update.old_row)[column] == value) continue;
    const auto hot = std::find_if(relation.hot.begin(), relation.hot.end(),
                                  [&](const auto& known) { return known.first == column; });
    if (hot == relation.hot.end()) {
      if (update.old_is_full || column != relation.naming) return false;
      continue;
    }
    std::optional<Json> json = JsonOf(value, relation.kinds[column]);
    if (!json) return false;
    patch->emplace_back(hot->second, *std::move(json));
  }
  return true;
}

absl::Status RowMapper::Map(const RowUpdate& update, LogPosition position,
                            PendingChanges* pending) const {
  ASSIGN_OR_RETURN(const Relation* relation, Find(update.relation, update.row.size()));
  if (!relation->is_mapped || relation->naming >= update.row.size()) {
    AddRow(*relation, update.row, position, pending);
    return absl::OkStatus();
  }
  const ColumnValue* name = &update.row[relation->naming];
  bool moves = false;
  if (update.old_row) {
    if (update.old_row->size() != update.row.size()) {
      return DataLoss("an old row of {} has {} columns, the new one {}", relation->name,
                      update.old_row->size(), update.row.size());
    }
    const ColumnValue& old_name = (*update.old_row)[relation->naming];
    // A key too large for the stream is as it was.
    if (name->kind == ColumnValue::Kind::kUnchanged) name = &old_name;
    moves = old_name.kind == ColumnValue::Kind::kText && old_name != *name;
    // The row has left one product for another.
    if (moves) AddRow(*relation, *update.old_row, position, pending);
  }
  Json::Object patch;
  if (moves || name->kind != ColumnValue::Kind::kText || !IsHotOnly(*relation, update, &patch)) {
    TableRow row = update.row;
    row[relation->naming] = *name;
    AddRow(*relation, row, position, pending);
    return absl::OkStatus();
  }
  if (patch.empty()) return absl::OkStatus();
  PendingChanges::Document& document = pending->documents[std::string(name->text)];
  document.position = position;
  if (document.is_fetched) {
    ++pending->fetches;
    return absl::OkStatus();
  }
  for (auto& [field, value] : patch) {
    const auto known = std::find_if(document.patch.begin(), document.patch.end(),
                                    [&](const auto& member) { return member.first == field; });
    if (known == document.patch.end()) {
      document.patch.emplace_back(field, std::move(value));
    } else {
      known->second = std::move(value);
    }
  }
  return absl::OkStatus();
}

absl::Status RowMapper::Map(const TableTruncate& truncate, PendingChanges* pending) const {
  for (const uint64_t id : truncate.relations) {
    const auto it = relations_.find(id);
    if (it != relations_.end() && it->second.is_mapped) pending->needs_snapshot = true;
  }
  return absl::OkStatus();
}

}  // namespace aisle
