// SPDX-License-Identifier: GPL-3.0-or-later
//
// ChangeBatch: what a database's log has brought, coalesced: whole transactions where they are
// small, a part of one where it is larger than memory.
#pragma once

#include <cstdint>
#include <vector>

#include "ingest/row_change.h"
#include "ingest/row_mapper.h"

namespace aisle {

struct ChangeBatch {
  PendingChanges pending;
  // By which a fetch can tell that it sees all transactions that the batch has changes of:
  std::vector<uint32_t> xids;  // PostgreSQL: these
  LogPosition visible_at = 0;  // MariaDB: those that begin before this position
  struct Transaction {
    UnixMicros commit_time = 0;
    bool has_fetches = false;
  };
  std::vector<Transaction> transactions;  // that end in it
  uint64_t changes = 0;
  // Every transaction that ends up to here is in this batch or one before it. 0: none has ended.
  LogPosition position = 0;

  bool empty() const { return pending.empty() && transactions.empty(); }
};

// Whether a batch is full. More would only make it late; within a transaction only memory counts.
bool IsEnough(const ChangeBatch& batch, bool is_in_transaction);

// Now.
UnixMicros NowMicros();

}  // namespace aisle
