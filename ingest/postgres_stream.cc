// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/postgres_stream.h"

#include <algorithm>

#include <absl/time/clock.h>

namespace aisle {
namespace {

// The rest of a transaction, part of which has come, is on its way.
constexpr absl::Duration kRestOfTransaction = absl::Milliseconds(100);

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresStream>> PostgresStream::Open(
    const DatabaseDefinition& source, PostgresConnection connection, Lsn start) {
  std::unique_ptr<PostgresStream> stream(new PostgresStream(source, std::move(connection), start));
  RETURN_IF_ERROR(stream->connection_.StartReplication(fmt::format(
      "START_REPLICATION SLOT {} LOGICAL {} (proto_version '1', publication_names {})",
      QuoteName(source.slot), LsnText(start), "'" + QuoteName(source.publication) + "'")));
  return stream;
}

absl::StatusOr<ChangeBatch> PostgresStream::Read(absl::Duration wait) {
  ChangeBatch batch;
  fetches_before_ = 0;
  if (is_in_transaction_) batch.xids.push_back(transaction_.xid);
  while (!IsEnough(batch, is_in_transaction_)) {
    ASSIGN_OR_RETURN(const auto bytes, connection_.Receive(wait));
    if (!bytes) {
      if (is_in_transaction_ && wait != kRestOfTransaction) {
        wait = kRestOfTransaction;
        continue;
      }
      break;
    }
    wait = absl::ZeroDuration();
    ASSIGN_OR_RETURN(const PgStreamMessage stream_message, DecodeStream(*bytes));
    if (const auto* keepalive = std::get_if<PgKeepalive>(&stream_message)) {
      HandleKeepalive(*keepalive, batch);
      continue;
    }
    const auto& data = std::get<PgStreamData>(stream_message);
    server_end_ = std::max(server_end_, data.server_end);
    ASSIGN_OR_RETURN(const PgMessage message, DecodePgoutput(data.message));
    RETURN_IF_ERROR(Handle(message, &batch));
  }
  if (wants_reply_) RETURN_IF_ERROR(Confirm(confirmed_));
  return batch;
}

void PostgresStream::HandleKeepalive(const PgKeepalive& keepalive, const ChangeBatch& batch) {
  server_end_ = std::max(server_end_, keepalive.server_end);
  wants_reply_ = wants_reply_ || keepalive.wants_reply;
  if (!is_in_transaction_ && batch.empty()) idle_position_ = keepalive.server_end;
}

absl::Status PostgresStream::Handle(const PgMessage& message, ChangeBatch* batch) {
  if (const auto* relation = std::get_if<TableShape>(&message)) {
    mapper_.SetRelation(*relation);
    return absl::OkStatus();
  }
  if (const auto* begin = std::get_if<PgBegin>(&message)) {
    transaction_ = *begin;
    is_in_transaction_ = true;
    idle_position_ = 0;
    fetches_before_ = batch->pending.fetches;
    batch->xids.push_back(begin->xid);
    return absl::OkStatus();
  }
  if (const auto* commit = std::get_if<PgCommit>(&message)) {
    is_in_transaction_ = false;
    batch->transactions.push_back({.commit_time = commit->commit_time,
                                   .has_fetches = batch->pending.fetches > fetches_before_});
    batch->position = commit->end_lsn;
    return absl::OkStatus();
  }
  // The server may send again what is applied already.
  if (transaction_.commit_lsn < skip_up_to_) return absl::OkStatus();
  const Lsn position = transaction_.commit_lsn;
  ++batch->changes;
  if (const auto* insert = std::get_if<RowInsert>(&message)) {
    return mapper_.Map(*insert, position, &batch->pending);
  }
  if (const auto* update = std::get_if<RowUpdate>(&message)) {
    return mapper_.Map(*update, position, &batch->pending);
  }
  if (const auto* change = std::get_if<RowDelete>(&message)) {
    return mapper_.Map(*change, position, &batch->pending);
  }
  if (const auto* truncate = std::get_if<TableTruncate>(&message)) {
    return mapper_.Map(*truncate, &batch->pending);
  }
  return absl::OkStatus();
}

absl::Status PostgresStream::Confirm(Lsn position) {
  wants_reply_ = false;
  confirmed_ = std::max(confirmed_, position);
  return connection_.Send(
      EncodeStandbyStatus(std::max(server_end_, confirmed_), confirmed_, NowMicros()));
}

}  // namespace aisle
