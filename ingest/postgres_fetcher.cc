// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/postgres_fetcher.h"

#include <algorithm>

#include <absl/container/flat_hash_set.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_split.h>
#include <absl/time/clock.h>

#include "core/limits.h"
#include "core/steady_clock.h"

namespace aisle {
namespace {

// A commit may wait for a synchronous standby while the stream tells of it already.
constexpr absl::Duration kVisibleTimeout = absl::Seconds(30);
constexpr absl::Duration kVisibleInterval = absl::Milliseconds(1);

// The first row tells how far the snapshot may see: it is evaluated after the snapshot was taken,
// and whatever that sees was in the log by then. A document too large to be one stays where it is.
// `OFFSET 0` keeps the planner from evaluating the document twice.
constexpr char kFetch[] =
    "SELECT NULL::text, pg_current_wal_insert_lsn()::text, -1 UNION ALL "
    "SELECT id, CASE WHEN bytes <= {0} THEN document END, bytes FROM (SELECT id, document, "
    "octet_length(document) AS bytes FROM (SELECT id::text AS id, document::text AS document FROM "
    "({1}\n) AS one(id, document) OFFSET 0) AS two) AS three";

// That a text is no value of a type, or of its range.
bool SaysNoSuchValue(const absl::Status& error) {
  return absl::IsInvalidArgument(error) &&
         (Message(error).find("[22P02]") != std::string_view::npos ||
          Message(error).find("[22003]") != std::string_view::npos);
}

// What pg_current_snapshot() prints: xmin:xmax:xid,xid,... in 64 bits. The stream's xids are their
// lower halves.
absl::StatusOr<bool> AreVisible(std::string_view snapshot, std::span<const uint32_t> xids) {
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(snapshot.data(), snapshot.size()), ':');
  uint64_t xmax = 0;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &xmax)) {
    return DataLoss("PostgreSQL's snapshot `{}` cannot be read", snapshot);
  }
  absl::flat_hash_set<uint32_t> running;
  for (const absl::string_view part : absl::StrSplit(parts[2], ',', absl::SkipEmpty())) {
    uint64_t xid = 0;
    if (absl::SimpleAtoi(part, &xid)) running.insert(static_cast<uint32_t>(xid));
  }
  return std::all_of(xids.begin(), xids.end(), [&](uint32_t xid) {
    return static_cast<int32_t>(xid - static_cast<uint32_t>(xmax)) < 0 && !running.contains(xid);
  });
}

}  // namespace

PostgresFetcher::PostgresFetcher(const DatabaseDefinition* definition,
                                 PostgresConnection* connection)
    : DocumentFetcher(definition),
      connection_(connection),
      fetch_sql_(fmt::format(kFetch, limits::kDocumentBytesMax,
                             WithoutSemicolon(definition->documents))) {}

absl::Status PostgresFetcher::WaitVisible(const ChangeBatch& batch) {
  const absl::Time deadline = SteadyNow() + kVisibleTimeout;
  while (true) {
    ASSIGN_OR_RETURN(const auto rows, connection_->Query("SELECT pg_current_snapshot()::text"));
    ASSIGN_OR_RETURN(const bool are_visible, AreVisible(rows.at(0).at(0).value_or(""), batch.xids));
    if (are_visible) return absl::OkStatus();
    if (SteadyNow() > deadline) {
      return absl::UnavailableError(
          "a transaction is in the log, but not visible: does its commit wait for a standby?");
    }
    absl::SleepFor(kVisibleInterval);
  }
}

// An id such as "x1" is no bigint, so the query fails on it. If the root table has no such key, the
// source has no such document, which is no error.
absl::Status PostgresFetcher::ForgiveForeignIds(Result* result) {
  std::vector<std::string> odd;
  for (const Fetched& document : result->documents) {
    if (SaysNoSuchValue(document.error)) odd.push_back(document.id);
  }
  if (odd.empty()) return absl::OkStatus();
  const std::string key = "root." + QuoteName(root().id_column) + "::text";
  const std::optional<std::string> values[] = {ArrayText(odd)};
  ASSIGN_OR_RETURN(
      const auto rows,
      connection_->Query(fmt::format("SELECT {0} FROM {1}.{2} AS root WHERE {0} = ANY($1::text[])",
                                     key, QuoteName(root().schema), QuoteName(root().table)),
                         values));
  absl::flat_hash_set<std::string> known;
  for (const auto& row : rows) known.insert(row[0].value_or(""));
  for (Fetched& document : result->documents) {
    if (SaysNoSuchValue(document.error) && !known.contains(document.id)) {
      document.error = absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

absl::Status PostgresFetcher::Query(std::span<const std::string> ids,
                                    const std::function<bool(const Row&)>& visit,
                                    LogPosition* seen_up_to) {
  absl::Status unreadable;
  const std::optional<std::string> values[] = {ArrayText(ids)};
  RETURN_IF_ERROR(connection_->Visit(fetch_sql_, values, [&](PostgresConnection::RowView row) {
    if (row[2] == "-1") {
      const auto lsn = ParseLsn(row[1].value_or(""));
      if (lsn.ok()) *seen_up_to = *lsn;
      unreadable.Update(lsn.status());
      return true;
    }
    if (!row[2]) return true;  // NULL is no document
    Row one{.id = row[0], .document = row[1]};
    const std::string_view bytes = *row[2];
    unreadable.Update(absl::SimpleAtoi(absl::string_view(bytes.data(), bytes.size()), &one.bytes)
                          ? absl::OkStatus()
                          : DataLoss("a document has `{}` bytes", bytes));
    return visit(one);
  }));
  return unreadable;
}

absl::StatusOr<std::vector<std::string>> PostgresFetcher::LookUp(const TableMapping& table,
                                                                 std::string_view key) {
  std::vector<std::string> ids;
  const std::optional<std::string> values[] = {std::string(key)};
  RETURN_IF_ERROR(connection_->Visit(
      fmt::format("SELECT id::text FROM ({}\n) AS found(id)", WithoutSemicolon(table.ids_query)),
      values, [&](PostgresConnection::RowView row) {
        if (row[0]) ids.emplace_back(*row[0]);
        return true;
      }));
  return ids;
}

absl::StatusOr<std::vector<std::string>> PostgresFetcher::NextIds(
    const std::optional<std::string>& after, size_t limit) {
  // Qualified: the bare name would be the text that is selected, in another order.
  const std::string column = "root." + QuoteName(root().id_column);
  const std::string sql =
      fmt::format("SELECT {0}::text FROM {1}.{2} AS root {3} ORDER BY {0} LIMIT {4}", column,
                  QuoteName(root().schema), QuoteName(root().table),
                  after ? fmt::format("WHERE {} > $1", column) : "", limit);
  std::vector<std::optional<std::string>> values;
  if (after) values.push_back(after);
  ASSIGN_OR_RETURN(const auto rows, connection_->Query(sql, values));
  std::vector<std::string> ids;
  for (const auto& row : rows) {
    if (row[0]) ids.push_back(*row[0]);
  }
  return ids;
}

}  // namespace aisle
