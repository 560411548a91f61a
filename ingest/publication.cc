// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/publication.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <absl/strings/str_join.h>

namespace aisle {
namespace {

using Columns = std::set<std::string, std::less<>>;

std::string SqlName(const TableMapping& table) {
  return QuoteName(table.schema) + "." + QuoteName(table.table);
}

absl::StatusOr<Columns> QueryColumns(PostgresConnection* connection, const std::string& sql,
                                     const std::string& value) {
  const std::optional<std::string> values[] = {value};
  ASSIGN_OR_RETURN(const auto rows, connection->Query(sql, values));
  Columns columns;
  for (const auto& row : rows) columns.insert(row.at(0).value_or(""));
  return columns;
}

// What the catalog says about one table.
struct TableFacts {
  std::string oid;
  char identity = 'd';
  Columns columns;
  Columns generated;  // not in the stream
  Columns identity_columns;
  Columns unique_columns;  // each unique by itself
};

constexpr char kTable[] =
    "SELECT c.oid::text, c.relreplident::text FROM pg_class c JOIN pg_namespace n ON n.oid = "
    "c.relnamespace WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')";
constexpr char kColumns[] =
    "SELECT attname FROM pg_attribute WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped";
constexpr char kGenerated[] = " AND attgenerated <> ''";
constexpr char kIdentity[] =
    "SELECT a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_attribute a ON "
    "a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) WHERE i.indrelid = $1::oid AND "
    "((c.relreplident = 'd' AND i.indisprimary) OR (c.relreplident = 'i' AND i.indisreplident))";
constexpr char kUnique[] =
    "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum "
    "= i.indkey[0] WHERE i.indrelid = $1::oid AND i.indisunique AND i.indnkeyatts = 1 AND "
    "i.indpred IS NULL";

absl::StatusOr<TableFacts> ReadTable(const TableMapping& table, PostgresConnection* connection) {
  const std::optional<std::string> values[] = {table.schema, table.table};
  ASSIGN_OR_RETURN(const auto rows, connection->Query(kTable, values));
  TableFacts facts;
  if (rows.empty()) return facts;
  facts.oid = rows[0][0].value_or("");
  facts.identity = rows[0][1].value_or("d").front();
  ASSIGN_OR_RETURN(facts.columns, QueryColumns(connection, kColumns, facts.oid));
  ASSIGN_OR_RETURN(facts.generated,
                   QueryColumns(connection, std::string(kColumns) + kGenerated, facts.oid));
  ASSIGN_OR_RETURN(facts.identity_columns, QueryColumns(connection, kIdentity, facts.oid));
  if (facts.identity == 'f') facts.identity_columns = facts.columns;
  ASSIGN_OR_RETURN(facts.unique_columns, QueryColumns(connection, kUnique, facts.oid));
  return facts;
}

// Columns that the definition names.
std::vector<std::string> NamedColumns(const TableMapping& table) {
  std::vector<std::string> columns = {table.id_column.empty() ? table.key_column : table.id_column};
  for (const auto& [column, field] : table.hot) columns.push_back(column);
  return columns;
}

void CheckHot(const TableMapping& table, const TableFacts& facts,
              std::vector<std::string>* mistakes) {
  if (table.hot.empty()) return;
  if (!facts.unique_columns.contains(table.id_column)) {
    mistakes->push_back(fmt::format(
        "{} has `hot` columns, but may have several rows for one product: `{}` has no unique index "
        "of its own; leave `hot` out, so that the product is fetched",
        table.FullName(), table.id_column));
  }
  if (facts.identity == 'f') return;
  Columns others = facts.columns;
  others.erase(table.id_column);
  for (const auto& [column, field] : table.hot) others.erase(column);
  for (const std::string& column : table.ignored) others.erase(column);
  if (others.empty()) return;
  mistakes->push_back(fmt::format(
      "{} has `hot` columns and others ({}), and the stream does not tell which of them changed; "
      "run "
      "`ALTER TABLE {} REPLICA IDENTITY FULL`, or list the others under `ignore` if no document "
      "depends on them",
      table.FullName(), absl::StrJoin(others, ", "), SqlName(table)));
}

void CheckTable(const DatabaseDefinition& source, size_t place, const TableFacts& facts,
                std::vector<std::string>* mistakes) {
  const TableMapping& table = source.tables[place];
  if (facts.oid.empty()) {
    mistakes->push_back(fmt::format("there is no table {}", table.FullName()));
    return;
  }
  for (const std::string& column : NamedColumns(table)) {
    if (!facts.columns.contains(column)) {
      mistakes->push_back(fmt::format("{} has no column `{}`", table.FullName(), column));
    } else if (facts.generated.contains(column)) {
      mistakes->push_back(fmt::format("{}.{} is a generated column, which is not in the stream",
                                      table.FullName(), column));
    }
  }
  const std::string naming = NamedColumns(table).front();
  if (facts.columns.contains(naming) && !facts.identity_columns.contains(naming)) {
    mistakes->push_back(fmt::format(
        "a deleted or moved row of {} would not tell its `{}`, which is not part of the table's "
        "replica identity; run `ALTER TABLE {} REPLICA IDENTITY FULL`",
        table.FullName(), naming, SqlName(table)));
  }
  if (place == source.root && facts.columns.contains(naming) &&
      !facts.unique_columns.contains(naming)) {
    mistakes->push_back(fmt::format("the root table {} needs a unique index of `{}` alone",
                                    table.FullName(), naming));
  }
  CheckHot(table, facts, mistakes);
}

absl::Status CheckSettings(PostgresConnection* connection) {
  ASSIGN_OR_RETURN(const auto rows, connection->Query("SELECT current_setting('wal_level'), "
                                                      "pg_is_in_recovery()::text, "
                                                      "current_setting('server_version_num')"));
  if (rows[0][1] == "true") {
    return FailedPrecondition("the server is a standby: name its primary in `connection`");
  }
  if (rows[0][0] != "logical") {
    return FailedPrecondition(
        "the server's wal_level is {}: run `ALTER SYSTEM SET wal_level = logical` and restart it",
        rows[0][0].value_or(""));
  }
  if (rows[0][2].value_or("") < "150000") {
    return FailedPrecondition("the server's version is {}: needed is 15 or newer",
                              rows[0][2].value_or(""));
  }
  return absl::OkStatus();
}

absl::Status EnsurePublication(const DatabaseDefinition& source, PostgresConnection* connection) {
  const std::optional<std::string> values[] = {source.publication};
  ASSIGN_OR_RETURN(const auto rows,
                   connection->Query("SELECT (pubinsert AND pubupdate AND pubdelete AND "
                                     "pubtruncate)::text FROM pg_publication WHERE pubname = $1",
                                     values));
  if (!rows.empty() && rows[0][0] == "true") return absl::OkStatus();
  if (!rows.empty()) {
    return FailedPrecondition(
        "the publication `{0}` leaves out operations; run `ALTER PUBLICATION {1} SET (publish = "
        "'insert, update, delete, truncate')`",
        source.publication, QuoteName(source.publication));
  }
  std::vector<std::string> tables;
  for (const TableMapping& table : source.tables) tables.push_back(SqlName(table));
  const std::string sql =
      fmt::format("CREATE PUBLICATION {} FOR TABLE {} WITH (publish_via_partition_root = true)",
                  QuoteName(source.publication), absl::StrJoin(tables, ", "));
  const absl::Status status = connection->Query(sql).status();
  if (status.ok() || absl::IsUnavailable(status)) return status;
  return FailedPrecondition("the publication cannot be made ({}): let the tables' owner run `{}`",
                            Message(status), sql);
}

absl::Status CheckPublished(const DatabaseDefinition& source, PostgresConnection* connection,
                            std::vector<std::string>* mistakes) {
  const std::optional<std::string> values[] = {source.publication};
  ASSIGN_OR_RETURN(const auto rows,
                   connection->Query("SELECT schemaname || '.' || tablename, unnest(attnames), "
                                     "rowfilter FROM pg_publication_tables WHERE pubname = $1",
                                     values));
  std::map<std::string, Columns> published;
  std::set<std::string> filtered;
  for (const auto& row : rows) {
    published[row[0].value_or("")].insert(row[1].value_or(""));
    if (row[2]) filtered.insert(row[0].value_or(""));
  }
  const std::string name = QuoteName(source.publication);
  for (const TableMapping& table : source.tables) {
    const auto known = published.find(table.FullName());
    if (known == published.end()) {
      mistakes->push_back(
          fmt::format("{} is not in the publication; run `ALTER PUBLICATION {} ADD TABLE {}`",
                      table.FullName(), name, SqlName(table)));
      continue;
    }
    if (filtered.contains(table.FullName())) {
      mistakes->push_back(fmt::format(
          "the publication leaves rows of {} out, so that their end would not be seen; publish the "
          "table without WHERE, and filter in `documents`",
          table.FullName()));
    }
    for (const std::string& column : NamedColumns(table)) {
      if (!known->second.contains(column)) {
        mistakes->push_back(
            fmt::format("the publication leaves {}.{} out", table.FullName(), column));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckSource(const DatabaseDefinition& source, PostgresConnection* connection) {
  RETURN_IF_ERROR(CheckSettings(connection));
  std::vector<std::string> mistakes;
  for (size_t i = 0; i < source.tables.size(); ++i) {
    ASSIGN_OR_RETURN(const TableFacts facts, ReadTable(source.tables[i], connection));
    CheckTable(source, i, facts, &mistakes);
  }
  if (mistakes.empty()) {
    RETURN_IF_ERROR(EnsurePublication(source, connection));
    RETURN_IF_ERROR(CheckPublished(source, connection, &mistakes));
  }
  if (mistakes.empty()) return absl::OkStatus();
  return FailedPrecondition("{}", absl::StrJoin(mistakes, "; "));
}

absl::Status DropPublication(const DatabaseDefinition& source, PostgresConnection* connection) {
  return connection->Query("DROP PUBLICATION IF EXISTS " + QuoteName(source.publication)).status();
}

}  // namespace aisle
