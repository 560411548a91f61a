// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/replication_slot.h"

#include <absl/strings/numbers.h>
#include <absl/time/clock.h>

#include "core/steady_clock.h"

namespace aisle {
namespace {

constexpr char kRead[] =
    "SELECT pg_current_wal_lsn()::text, confirmed_flush_lsn::text, wal_status, "
    "pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint::text, plugin, "
    "(database = current_database())::text FROM (SELECT 1) AS one LEFT JOIN pg_replication_slots "
    "ON slot_name = $1";
// The slot begins when the transactions that are under way have ended.
constexpr absl::Duration kCreateTimeout = absl::Minutes(10);
// The server may still hold the slot for the connection of a feed that has just ended.
constexpr absl::Duration kDropTimeout = absl::Seconds(5);

absl::StatusOr<Lsn> CreateSlot(const DatabaseDefinition& source, PostgresConnection* connection) {
  const std::optional<std::string> values[] = {source.slot};
  ASSIGN_OR_RETURN(
      const auto rows,
      connection->Query("SELECT lsn::text FROM pg_create_logical_replication_slot($1, 'pgoutput')",
                        values, kCreateTimeout));
  return ParseLsn(rows.at(0).at(0).value_or(""));
}

}  // namespace

absl::StatusOr<SlotState> ReadSlot(const DatabaseDefinition& source,
                                   PostgresConnection* connection) {
  const std::optional<std::string> values[] = {source.slot};
  ASSIGN_OR_RETURN(const auto rows, connection->Query(kRead, values));
  const auto& row = rows.at(0);
  SlotState state;
  ASSIGN_OR_RETURN(state.server_end, ParseLsn(row[0].value_or("")));
  if (!row[4]) return state;
  state.exists = true;
  if (row[4] != "pgoutput" || row[5] != "true") {
    return FailedPrecondition(
        "the replication slot `{}` is of another plugin or database: name another one in `slot`",
        source.slot);
  }
  state.is_lost = row[2] == "lost" || !row[1];
  if (row[1]) {
    ASSIGN_OR_RETURN(state.confirmed, ParseLsn(*row[1]));
  }
  uint64_t retained = 0;
  if (row[3] && absl::SimpleAtoi(*row[3], &retained)) state.retained_bytes = retained;
  return state;
}

absl::StatusOr<std::string> EnsureSlot(const DatabaseDefinition& source, const std::string& system,
                                       PostgresConnection* connection, DatabaseProgress* progress) {
  ASSIGN_OR_RETURN(SlotState slot, ReadSlot(source, connection));
  const bool is_new = progress->system.empty();
  std::string loss;
  if (!is_new && progress->system != system) {
    loss = "`connection` leads to another PostgreSQL server than before";
  } else if (!is_new && !slot.exists) {
    loss = fmt::format("the replication slot `{}` is gone", source.slot);
  } else if (slot.exists && slot.is_lost) {
    loss = fmt::format(
        "the server has given up the replication slot `{}`: it had to keep more of its log than "
        "max_slot_wal_keep_size allows",
        source.slot);
  } else if (!is_new && slot.confirmed > progress->position) {
    loss = fmt::format("the replication slot `{}` is at {}, beyond {}, where the collection is",
                       source.slot, LsnText(slot.confirmed), LsnText(progress->position));
  } else if (!is_new && progress->position > slot.server_end) {
    loss = fmt::format("the server's log ends at {}, before {}, where the collection is",
                       LsnText(slot.server_end), LsnText(progress->position));
  }
  if (slot.exists && slot.is_lost) {
    RETURN_IF_ERROR(DropSlot(source, connection));
    slot.exists = false;
  }
  if (!slot.exists) {
    ASSIGN_OR_RETURN(slot.confirmed, CreateSlot(source, connection));
  }
  if (is_new || !loss.empty()) {
    progress->system = system;
    progress->position = slot.confirmed;
    progress->seen_up_to = slot.confirmed;
    progress->Restart(/*with_sweep=*/!loss.empty());
  }
  return loss;
}

absl::Status DropSlot(const DatabaseDefinition& source, PostgresConnection* connection) {
  const std::optional<std::string> values[] = {source.slot};
  const absl::Time deadline = SteadyNow() + kDropTimeout;
  while (true) {
    const absl::Status status =
        connection
            ->Query(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE "
                "slot_name = $1",
                values)
            .status();
    if (status.ok() || SteadyNow() > deadline) return status;
    absl::SleepFor(absl::Milliseconds(100));
  }
}

}  // namespace aisle
