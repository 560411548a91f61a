// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/change_batch.h"

#include <absl/time/clock.h>

#include "core/limits.h"

namespace aisle {
namespace {

// A batch ends with the first transaction that ends beyond this.
constexpr size_t kBatchDocuments = 1000;
constexpr size_t kBatchTransactions = 2000;

}  // namespace

bool IsEnough(const ChangeBatch& batch, bool is_in_transaction) {
  if (batch.pending.size() >= limits::kPendingChangesMax) return true;
  return !is_in_transaction &&
         (batch.pending.size() >= kBatchDocuments ||
          batch.transactions.size() >= kBatchTransactions || batch.pending.needs_snapshot);
}

UnixMicros NowMicros() { return absl::ToUnixMicros(absl::Now()); }

}  // namespace aisle
