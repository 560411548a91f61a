// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostgresProgress: how far a PostgreSQL feed has come: what is stored with every commit and read
// after a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/status.h"
#include "ingest/pgoutput.h"

namespace aisle {

struct PostgresProgress {
  std::string system;  // the server's own identifier; empty: the feed has not begun
  Lsn position = 0;    // every transaction that ends up to here is in the collection
  // Documents in the collection may show transactions that end up to here. A hot column from before
  // must not overwrite them.
  Lsn seen_up_to = 0;

  enum class Phase {
    kDone,
    kRows,   // the root table is being read, in the order of its key
    kSweep,  // documents that the source does not have are being removed
  };
  Phase phase = Phase::kRows;
  std::optional<std::string> after;  // of kRows: the last id read
  uint64_t rows = 0;                 // read so far
  bool sweeps = false;               // the collection had documents when the snapshot began

  // Begins a snapshot.
  void Restart(bool with_sweep);
  std::string ToText() const;
  // Empty text: a feed that has not begun.
  static absl::StatusOr<PostgresProgress> FromText(std::string_view text);
};

std::string_view PhaseName(PostgresProgress::Phase phase);

}  // namespace aisle
