// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/mariadb_fetcher.h"

#include <absl/strings/numbers.h>
#include <absl/strings/str_replace.h>
#include <absl/time/clock.h>

#include "core/limits.h"
#include "core/steady_clock.h"

namespace aisle {
namespace {

constexpr absl::Duration kVisibleTimeout = absl::Seconds(30);
constexpr absl::Duration kVisibleInterval = absl::Milliseconds(1);

constexpr char kPlace[] =
    "SELECT variable_name, variable_value FROM information_schema.session_status WHERE "
    "variable_name IN ('BINLOG_SNAPSHOT_FILE', 'BINLOG_SNAPSHOT_POSITION')";

}  // namespace

absl::StatusOr<MariadbFetcher::Place> MariadbFetcher::BeginSnapshot() {
  RETURN_IF_ERROR(
      connection_->Query("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").status());
  ASSIGN_OR_RETURN(const auto rows, connection_->Query(kPlace));
  std::string file;
  uint32_t offset = 0;
  for (const auto& row : rows) {
    if (row.at(0) == "BINLOG_SNAPSHOT_FILE") file = row.at(1).value_or("");
    if (row.at(0) == "BINLOG_SNAPSHOT_POSITION") {
      (void)absl::SimpleAtoi(row.at(1).value_or(""), &offset);
    }
  }
  if (file.empty() || offset == 0) {
    return FailedPrecondition("MariaDB does not tell where its binlog is: is log_bin on?");
  }
  ASSIGN_OR_RETURN(const uint32_t number, BinlogFileNumber(file));
  return Place{.file_base = file.substr(0, file.rfind('.')),
               .position = BinlogPosition(number, offset)};
}

absl::Status MariadbFetcher::EndSnapshot() { return connection_->Query("COMMIT").status(); }

absl::StatusOr<MariadbFetcher::Place> MariadbFetcher::ReadPlace() {
  ASSIGN_OR_RETURN(Place place, BeginSnapshot());
  RETURN_IF_ERROR(EndSnapshot());
  return place;
}

// A snapshot is between transactions, so that it sees one wholly if it is beyond any part of it.
absl::Status MariadbFetcher::WaitVisible(const ChangeBatch& batch) {
  const absl::Time deadline = SteadyNow() + kVisibleTimeout;
  while (true) {
    ASSIGN_OR_RETURN(const Place place, ReadPlace());
    if (place.position >= batch.visible_at) return absl::OkStatus();
    if (SteadyNow() > deadline) {
      return absl::UnavailableError(
          "a transaction is in the binlog, but not visible: does its commit wait for a replica?");
    }
    absl::SleepFor(kVisibleInterval);
  }
}

absl::Status MariadbFetcher::Query(std::span<const std::string> ids,
                                   const std::function<bool(const Row&)>& visit,
                                   LogPosition* seen_up_to) {
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ",") + connection_->Quote(id);
  const std::string sql = absl::StrReplaceAll(definition().documents, {{"$1", list}});
  ASSIGN_OR_RETURN(const Place place, BeginSnapshot());
  *seen_up_to = place.position;
  absl::Status unreadable;
  const absl::Status status = connection_->Visit(sql, [&](MariadbConnection::RowView row) {
    if (row.size() != 2) {
      unreadable = FailedPrecondition(
          "the query gives {} columns: it must give two, id and document", row.size());
      return false;
    }
    Row one{.id = row[0], .document = row[1]};
    one.bytes = row[1] ? row[1]->size() : 0;
    if (one.bytes > limits::kDocumentBytesMax) one.document.reset();
    return visit(one);
  });
  // After an error of the query the connection goes on; of others it is lost, and this fails too.
  RETURN_IF_ERROR(EndSnapshot());
  RETURN_IF_ERROR(status);
  return unreadable;
}

absl::StatusOr<std::vector<std::string>> MariadbFetcher::LookUp(const TableMapping& table,
                                                                std::string_view key) {
  std::vector<std::string> ids;
  const std::string sql = absl::StrReplaceAll(table.ids_query, {{"$1", connection_->Quote(key)}});
  RETURN_IF_ERROR(connection_->Visit(sql, [&](MariadbConnection::RowView row) {
    if (!row.empty() && row[0]) ids.emplace_back(*row[0]);
    return true;
  }));
  return ids;
}

absl::StatusOr<std::vector<std::string>> MariadbFetcher::NextIds(
    const std::optional<std::string>& after, size_t limit) {
  const std::string column = QuoteMariadbName(root().id_column);
  const std::string sql = fmt::format(
      "SELECT {0} FROM {1}.{2} {3} ORDER BY {0} LIMIT {4}", column, QuoteMariadbName(root().schema),
      QuoteMariadbName(root().table),
      after ? fmt::format("WHERE {} > {}", column, connection_->Quote(*after)) : "", limit);
  ASSIGN_OR_RETURN(const auto rows, connection_->Query(sql));
  std::vector<std::string> ids;
  for (const auto& row : rows) {
    if (row.at(0)) ids.push_back(*row[0]);
  }
  return ids;
}

}  // namespace aisle
