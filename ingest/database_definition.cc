// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/database_definition.h"

#include "ingest/mariadb_connection.h"
#include "ingest/postgres_connection.h"

namespace aisle {
namespace {

constexpr size_t kPostgresNameBytesMax = 63;

TableMapping ReadTable(const std::string& name, const std::string& schema, const Json& json,
                       std::vector<std::string>* mistakes) {
  TableMapping table{.schema = schema};
  const size_t dot = name.find('.');
  if (dot != std::string::npos) table.schema = name.substr(0, dot);
  table.table = dot == std::string::npos ? name : name.substr(dot + 1);
  DefinitionMembers members(json, "tables." + name, mistakes);
  table.id_column = members.Text("id");
  table.ids_query = members.Text("ids");
  table.key_column = members.Text("by", table.ids_query.empty() ? "" : "id");
  if (table.id_column.empty() == table.ids_query.empty()) {
    members.Complain("",
                     "must have either `id` (the column with the product's id) or `ids` (a query "
                     "that gives the ids for $1, the row's column `by`)");
  }
  if (const Json* hot = members.Find("hot"); hot != nullptr && hot->is_object()) {
    for (const auto& [column, field] : hot->as_object()) {
      const std::string path = field.is_string() ? "." + field.as_string() + "." : "..";
      const bool is_field = path.find("..") == std::string::npos;
      if (!is_field) members.Complain("hot." + column, "must name a field");
      if (is_field) table.hot.emplace_back(column, field.as_string());
    }
    if (table.id_column.empty()) members.Complain("hot", "needs `id`");
  } else if (hot != nullptr) {
    members.Complain("hot", "must be an object of columns and the fields that they fill");
  }
  if (const Json* ignored = members.Find("ignore"); ignored != nullptr) {
    const bool is_array = ignored->is_array();
    if (!is_array) members.Complain("ignore", "must be an array of columns");
    for (const Json& column : is_array ? ignored->as_array() : Json::Array()) {
      if (column.is_string()) table.ignored.push_back(column.as_string());
    }
  }
  return table;
}

// What PostgreSQL takes as the name of a slot.
std::string SlotName(std::string_view feed) {
  std::string name = "aisle_";
  for (const char c : feed) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    const bool is_upper = c >= 'A' && c <= 'Z';
    name += fits ? c : is_upper ? static_cast<char>(c - 'A' + 'a') : '_';
  }
  return name.substr(0, kPostgresNameBytesMax);
}

// The tables, and which of them is the root. `schema` is that of names that have none.
void ReadTables(const std::string& schema, DefinitionMembers* members,
                DatabaseDefinition* definition) {
  const std::string root =
      members->NeededText("root", "the table that has one row for each product");
  const Json* tables = members->Find("tables");
  if (tables == nullptr || !tables->is_object() || tables->as_object().empty()) {
    members->Complain("tables", "must be an object: how the rows of each table name their product");
    tables = nullptr;
  }
  bool has_root = false;
  for (const auto& [name, json] : tables == nullptr ? Json::Object() : tables->as_object()) {
    definition->tables.push_back(ReadTable(name, schema, json, members->mistakes()));
    if (name != root) continue;
    has_root = true;
    definition->root = definition->tables.size() - 1;
    if (definition->tables.back().id_column.empty()) {
      members->Complain("root", "names a table without `id`");
    }
  }
  if (!has_root) members->Complain("root", fmt::format("is `{}`, which is not in `tables`", root));
}

void ReadPostgres(const std::string& feed, DefinitionMembers* members,
                  DatabaseDefinition* definition) {
  definition->connection =
      members->NeededText("connection", "such as \"host=127.0.0.1 dbname=shop user=aisle\"");
  if (const auto readable = WithoutPassword(definition->connection); !readable.ok()) {
    members->mistakes()->emplace_back(Message(readable.status()));
  }
  definition->slot = members->Text("slot", SlotName(feed));
  definition->owns_publication = members->Find("publication") == nullptr;
  definition->publication = members->Text("publication", SlotName(feed));
  if (SlotName(definition->slot).substr(6) !=
      definition->slot.substr(0, kPostgresNameBytesMax - 6)) {
    members->Complain("slot", fmt::format("is `{}`: allowed are a-z, 0-9 and _", definition->slot));
  }
  definition->slot_bytes_max = members->Whole("slot_bytes_max", definition->slot_bytes_max);
  ReadTables("public", members, definition);
}

// Replicas with the same number would push each other out, so that each feed has its own.
uint32_t ServerIdOf(std::string_view feed) {
  uint32_t hash = 2166136261;  // FNV-1a: the same in every process
  for (const char c : feed) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
  return hash | (uint32_t{1} << 31);
}

void ReadMariadb(const std::string& feed, DefinitionMembers* members,
                 DatabaseDefinition* definition) {
  definition->connection = members->NeededText(
      "connection",
      "such as \"host=127.0.0.1 database=shop user=aisle password_file=/etc/aisle/shop\"");
  const auto address = MariadbAddress::FromText(definition->connection);
  if (!address.ok()) members->mistakes()->emplace_back(Message(address.status()));
  const uint64_t server_id = members->Whole("server_id", ServerIdOf(feed));
  if (server_id == 0 || server_id > UINT32_MAX) {
    members->Complain("server_id",
                      fmt::format("is {}: allowed are 1 to {}", server_id, UINT32_MAX));
  }
  definition->server_id = static_cast<uint32_t>(server_id);
  ReadTables(address.ok() ? address->database : "", members, definition);
}

}  // namespace

DatabaseDefinition ReadDatabase(DatabaseDefinition::Kind kind, const std::string& feed,
                                DefinitionMembers* members) {
  DatabaseDefinition definition{.kind = kind};
  definition.documents =
      members->NeededText("documents", "a query that gives (id, document) for the ids $1");
  definition.verify_every_seconds =
      members->Whole("verify_every_seconds", definition.verify_every_seconds);
  if (kind == DatabaseDefinition::Kind::kMariadb) {
    ReadMariadb(feed, members, &definition);
  } else {
    ReadPostgres(feed, members, &definition);
  }
  return definition;
}

void DescribeDatabase(const DatabaseDefinition& definition, Json* json) {
  if (definition.kind == DatabaseDefinition::Kind::kMariadb) {
    const auto address = MariadbAddress::FromText(definition.connection);
    json->Set("connection", address.ok() ? address->WithoutPassword() : "");
    json->Set("server_id", static_cast<int64_t>(definition.server_id));
    return;
  }
  const auto connection = WithoutPassword(definition.connection);
  json->Set("connection", connection.ok() ? *connection : "");
  json->Set("slot", definition.slot);
  json->Set("publication", definition.publication);
}

}  // namespace aisle
