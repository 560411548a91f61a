// SPDX-License-Identifier: GPL-3.0-or-later
//
// DatabaseProgress: how far a feed from a database has come: what is stored with every commit and
// read after a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/status.h"
#include "ingest/pgoutput.h"

namespace aisle {

struct DatabaseProgress {
  std::string system;        // the server's own identifier; empty: the feed has not begun
  LogPosition position = 0;  // every transaction that ends up to here is in the collection
  // What the log names the last transaction up to there, by which another log at the same position
  // is told apart; empty: the log's own position says enough.
  std::string mark;
  // Documents in the collection may show transactions that end up to here. A hot column from before
  // must not overwrite them.
  LogPosition seen_up_to = 0;

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
  static absl::StatusOr<DatabaseProgress> FromText(std::string_view text);
};

std::string_view PhaseName(DatabaseProgress::Phase phase);

}  // namespace aisle
