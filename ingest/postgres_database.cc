// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/postgres_database.h"

#include <algorithm>
#include <utility>

#include "ingest/postgres_connection.h"
#include "ingest/postgres_fetcher.h"
#include "ingest/postgres_stream.h"
#include "ingest/publication.h"
#include "ingest/replication_slot.h"

namespace aisle {
namespace {

class PostgresSession : public DatabaseSession {
 public:
  PostgresSession(const DatabaseDefinition* definition, PostgresConnection queries,
                  const std::atomic<bool>* stop)
      : definition_(*definition),
        stop_(stop),
        queries_(std::move(queries)),
        fetcher_(definition, &queries_) {}

  absl::StatusOr<std::string> Adopt(DatabaseProgress* progress) override {
    ASSIGN_OR_RETURN(PostgresConnection connection,
                     PostgresConnection::Connect({.connection = definition_.connection,
                                                  .use = PostgresConnection::Use::kReplication,
                                                  .stop = stop_}));
    ASSIGN_OR_RETURN(const auto system, connection.Query("IDENTIFY_SYSTEM"));
    replication_ = std::move(connection);
    return EnsureSlot(definition_, system.at(0).at(0).value_or(""), &queries_, progress);
  }

  absl::Status Follow(LogPosition position) override {
    ASSIGN_OR_RETURN(stream_,
                     PostgresStream::Open(definition_, *std::move(replication_), position));
    replication_.reset();
    return absl::OkStatus();
  }

  absl::StatusOr<ChangeBatch> Read(absl::Duration wait) override { return stream_->Read(wait); }
  absl::Status Confirm(LogPosition position) override { return stream_->Confirm(position); }
  LogPosition idle_position() const override { return stream_->idle_position(); }
  LogPosition server_end() const override { return stream_->server_end(); }
  absl::Status Nudge() override {
    return queries_.Query("SELECT pg_logical_emit_message(true, 'aisle', '')").status();
  }

  absl::StatusOr<LogState> ReadLogState(LogPosition position) override {
    ASSIGN_OR_RETURN(const SlotState slot, ReadSlot(definition_, &queries_));
    if (slot.is_lost) return absl::UnavailableError("the server has given up the replication slot");
    return LogState{.end = slot.server_end,
                    .lag_bytes = slot.server_end - std::min(slot.server_end, position),
                    .kept_bytes = slot.retained_bytes};
  }

  DocumentFetcher* fetcher() override { return &fetcher_; }

 private:
  const DatabaseDefinition& definition_;
  const std::atomic<bool>* const stop_;
  PostgresConnection queries_;
  PostgresFetcher fetcher_;
  std::optional<PostgresConnection> replication_;  // until the stream has it
  std::unique_ptr<PostgresStream> stream_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<DatabaseSession>> PostgresDatabase::Connect(
    const std::atomic<bool>* stop) const {
  ASSIGN_OR_RETURN(
      PostgresConnection queries,
      PostgresConnection::Connect({.connection = definition_.connection, .stop = stop}));
  RETURN_IF_ERROR(CheckSource(definition_, &queries));
  return std::make_unique<PostgresSession>(&definition_, std::move(queries), stop);
}

absl::Status PostgresDatabase::Retire() const {
  const auto what_to_do = [this](const absl::Status& status) {
    return absl::Status(
        status.code(),
        fmt::format("{}; the feed is gone, but not its replication slot, which makes the server "
                    "keep its log: run `SELECT pg_drop_replication_slot({})` in the database",
                    Message(status), "'" + definition_.slot + "'"));
  };
  auto connection = PostgresConnection::Connect({.connection = definition_.connection});
  if (!connection.ok()) return what_to_do(connection.status());
  if (const absl::Status status = DropSlot(definition_, &*connection); !status.ok()) {
    return what_to_do(status);
  }
  if (!definition_.owns_publication) return absl::OkStatus();
  return DropPublication(definition_, &*connection);
}

std::string PostgresDatabase::PositionText(LogPosition position) const { return LsnText(position); }

}  // namespace aisle
