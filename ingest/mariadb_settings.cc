// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/mariadb_settings.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <absl/strings/match.h>
#include <absl/strings/str_join.h>
#include <fmt/ranges.h>

namespace aisle {
namespace {

std::string SqlName(const TableMapping& table) {
  return QuoteMariadbName(table.schema) + "." + QuoteMariadbName(table.table);
}

// Settings, and how a running server gets them.
absl::Status CheckSettings(MariadbConnection* connection, std::vector<std::string>* mistakes) {
  ASSIGN_OR_RETURN(const auto versions, connection->Query("SELECT VERSION()"));
  const std::string version = versions.at(0).at(0).value_or("");
  if (!absl::StrContains(version, "MariaDB")) {
    return FailedPrecondition("the server is no MariaDB, but {}: only MariaDB is supported",
                              version);
  }
  ASSIGN_OR_RETURN(const auto rows,
                   connection->Query("SELECT @@log_bin, @@global.binlog_format, "
                                     "@@global.binlog_row_image, @@global.binlog_row_metadata, "
                                     "@@global.innodb_flush_log_at_trx_commit"));
  const auto& row = rows.at(0);
  if (row[0] != "1") {
    return FailedPrecondition(
        "the server has no binlog: set `log_bin` in its configuration and restart it");
  }
  const std::tuple<size_t, std::string_view, std::string_view> needed[] = {
      {1, "binlog_format", "ROW"},
      {2, "binlog_row_image", "FULL"},
      {3, "binlog_row_metadata", "FULL"}};
  for (const auto& [place, name, value] : needed) {
    if (row[place].value_or("") == value) continue;
    mistakes->push_back(fmt::format(
        "the server's {0} is {1}; run `SET GLOBAL {0} = '{2}'`, and put it into its configuration",
        name, row[place].value_or(""), value));
  }
  // What a crash then takes from the tables stays in the binlog, and nobody would see it.
  if (row[4] == "0") {
    mistakes->push_back(
        "the server loses transactions when it crashes, but not from its binlog; run `SET GLOBAL "
        "innodb_flush_log_at_trx_commit = 1`, and put it into its configuration");
  }
  ASSIGN_OR_RETURN(const auto may_read,
                   connection->Query("SELECT 1 FROM information_schema.user_privileges WHERE "
                                     "privilege_type = 'REPLICATION SLAVE' LIMIT 1"));
  if (may_read.empty()) {
    mistakes->push_back(
        "the user may not read the binlog; run `GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO "
        "...` as an administrator");
  }
  return absl::OkStatus();
}

struct ColumnFacts {
  std::string type;
  std::string charset;
  bool is_virtual = false;
  bool is_padded = false;  // ZEROFILL: printed otherwise than it is logged
};
struct TableFacts {
  std::string engine;
  std::map<std::string, ColumnFacts, std::less<>> columns;
  std::set<std::string, std::less<>> unique_columns;  // each unique by itself
};

absl::StatusOr<TableFacts> ReadTable(const TableMapping& table, MariadbConnection* connection) {
  const std::string where =
      fmt::format("table_schema = {} AND table_name = {}", connection->Quote(table.schema),
                  connection->Quote(table.table));
  TableFacts facts;
  ASSIGN_OR_RETURN(
      const auto engines,
      connection->Query("SELECT engine FROM information_schema.tables WHERE " + where));
  if (engines.empty()) return facts;
  facts.engine = engines[0][0].value_or("none");
  ASSIGN_OR_RETURN(const auto columns,
                   connection->Query(
                       "SELECT column_name, data_type, character_set_name, extra, column_type FROM "
                       "information_schema.columns WHERE " +
                       where));
  for (const auto& row : columns) {
    facts.columns[row[0].value_or("")] = {
        .type = row[1].value_or(""),
        .charset = row[2].value_or(""),
        .is_virtual = absl::StrContains(row[3].value_or(""), "VIRTUAL"),
        .is_padded = absl::StrContains(row[4].value_or(""), "zerofill")};
  }
  ASSIGN_OR_RETURN(const auto unique,
                   connection->Query("SELECT MAX(column_name) FROM information_schema.statistics "
                                     "WHERE non_unique = 0 AND " +
                                     where + " GROUP BY index_name HAVING COUNT(*) = 1"));
  for (const auto& row : unique) facts.unique_columns.insert(row[0].value_or(""));
  return facts;
}

// Why the column's values cannot be taken from the binlog; empty: they can.
std::string WhyUnreadable(const ColumnFacts& column, bool is_hot) {
  constexpr std::string_view kNumbers[] = {"tinyint", "smallint", "mediumint", "int",
                                           "bigint",  "decimal",  "double"};
  constexpr std::string_view kTexts[] = {"char", "varchar",    "tinytext",
                                         "text", "mediumtext", "longtext"};
  constexpr std::string_view kCharsets[] = {"utf8mb4", "utf8mb3", "ascii"};
  const auto is_one = [](const auto& allowed, std::string_view value) {
    return std::find(std::begin(allowed), std::end(allowed), value) != std::end(allowed);
  };
  if (column.is_virtual) return "is a generated column, which is not in the binlog";
  if (column.is_padded) return "is ZEROFILL, so that it looks otherwise than in the binlog";
  if (is_one(kNumbers, column.type)) {
    const bool is_whole = column.type != "decimal" && column.type != "double";
    return is_hot || is_whole ? "" : "is no whole number and no text";
  }
  if (!is_one(kTexts, column.type)) {
    return fmt::format("is of the type {}: allowed are {} and {}", column.type,
                       fmt::join(kNumbers, ", "), fmt::join(kTexts, ", "));
  }
  if (is_one(kCharsets, column.charset)) return "";
  return fmt::format(
      "is encoded in {}: allowed are {}; convert it by `ALTER TABLE ... MODIFY ... "
      "CHARACTER SET utf8mb4`",
      column.charset, fmt::join(kCharsets, ", "));
}

void CheckColumns(const TableMapping& table, const TableFacts& facts,
                  std::vector<std::string>* mistakes) {
  const auto check = [&](const std::string& name, bool is_hot) {
    const auto column = facts.columns.find(name);
    if (column == facts.columns.end()) {
      mistakes->push_back(fmt::format("{} has no column `{}`", table.FullName(), name));
      return;
    }
    const std::string why = WhyUnreadable(column->second, is_hot);
    if (!why.empty()) mistakes->push_back(fmt::format("{}.{} {}", table.FullName(), name, why));
  };
  check(table.id_column.empty() ? table.key_column : table.id_column, false);
  for (const auto& [column, field] : table.hot) check(column, true);
  if (!table.hot.empty() && !facts.unique_columns.contains(table.id_column)) {
    mistakes->push_back(fmt::format(
        "{} has `hot` columns, but may have several rows for one product: `{}` has no unique index "
        "of its own; leave `hot` out, so that the product is fetched",
        table.FullName(), table.id_column));
  }
}

// What a foreign key changes by itself is not in the binlog. It does no harm where the parent's row
// changes the same product.
absl::Status CheckForeignKeys(const DatabaseDefinition& definition, const TableMapping& table,
                              MariadbConnection* connection, std::vector<std::string>* mistakes) {
  ASSIGN_OR_RETURN(
      const auto rows,
      connection->Query(fmt::format(
          "SELECT k.constraint_name, k.column_name, k.referenced_table_name, "
          "k.referenced_column_name, r.delete_rule, r.update_rule FROM "
          "information_schema.key_column_usage k JOIN information_schema.referential_constraints r "
          "ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name "
          "AND r.table_name = k.table_name WHERE k.table_schema = {} AND k.table_name = {} AND "
          "k.referenced_table_name IS NOT NULL",
          connection->Quote(table.schema), connection->Quote(table.table))));
  const TableMapping& root = definition.tables[definition.root];
  for (const auto& row : rows) {
    const bool acts = std::any_of(row.begin() + 4, row.begin() + 6, [](const auto& rule) {
      return rule == "CASCADE" || rule == "SET NULL" || rule == "SET DEFAULT";
    });
    const bool is_same_product =
        row[1] == table.id_column && row[2] == root.table && row[3] == root.id_column;
    if (!acts || is_same_product) continue;
    mistakes->push_back(fmt::format(
        "the foreign key {} of {} is ON DELETE {} ON UPDATE {}, and the server does not log what "
        "it changes by itself; make it RESTRICT, and let the store change the rows",
        row[0].value_or(""), table.FullName(), row[4].value_or(""), row[5].value_or("")));
  }
  return absl::OkStatus();
}

absl::Status CheckTable(const DatabaseDefinition& definition, size_t place,
                        MariadbConnection* connection, std::vector<std::string>* mistakes) {
  const TableMapping& table = definition.tables[place];
  ASSIGN_OR_RETURN(const TableFacts facts, ReadTable(table, connection));
  if (facts.engine.empty()) {
    mistakes->push_back(fmt::format("there is no table {}", table.FullName()));
    return absl::OkStatus();
  }
  if (facts.engine != "InnoDB") {
    mistakes->push_back(
        fmt::format("{} is of the engine {}, which has no transactions; run `ALTER "
                    "TABLE {} ENGINE = InnoDB`",
                    table.FullName(), facts.engine, SqlName(table)));
  }
  CheckColumns(table, facts, mistakes);
  if (place == definition.root && facts.columns.contains(table.id_column) &&
      !facts.unique_columns.contains(table.id_column)) {
    mistakes->push_back(fmt::format("the root table {} needs a unique index of `{}` alone",
                                    table.FullName(), table.id_column));
  }
  return CheckForeignKeys(definition, table, connection, mistakes);
}

}  // namespace

absl::Status CheckMariadb(const DatabaseDefinition& definition, MariadbConnection* connection) {
  std::vector<std::string> mistakes;
  RETURN_IF_ERROR(CheckSettings(connection, &mistakes));
  for (size_t i = 0; i < definition.tables.size(); ++i) {
    RETURN_IF_ERROR(CheckTable(definition, i, connection, &mistakes));
  }
  if (mistakes.empty()) return absl::OkStatus();
  return FailedPrecondition("{}", absl::StrJoin(mistakes, "; "));
}

}  // namespace aisle
