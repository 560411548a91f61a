// SPDX-License-Identifier: GPL-3.0-or-later
//
// Journal: the durable list of changes that no segment holds yet. What it is stored in is up to the
// implementation (ingest/sqlite_journal.h: one file per collection). Entries are dropped by the
// commit of the segment that covers them (indexer/manifest.h).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/status.h"
#include "ingest/feed_commit.h"

namespace aisle {

struct JournalEntry {
  uint64_t sequence = 0;  // from 1
  uint32_t shard = 0;
  std::string payload;  // ingest/journal_record.h

  bool operator==(const JournalEntry&) const = default;
};

// Thread safe; one thread at a time appends.
class Journal {
 public:
  virtual ~Journal() = default;

  // Durable when it returns: all entries or, on an error, none. Sequences must ascend and be above
  // LastSequence(). If `schema_json` is not empty, the collection's schema changes in the same
  // transaction; so is what `feeds` record. ResourceExhausted if the disk is full; the journal
  // works again once there is room.
  virtual absl::Status Append(std::span<const JournalEntry> entries, std::string_view schema_json,
                              std::span<const FeedCommit> feeds = {}) = 0;
  // Visits every entry that no segment covers, ascending by sequence; stops at the first error and
  // returns it. DataLoss if an entry is not as it was appended. `visit` may wait for a flush to
  // commit, but may not append.
  virtual absl::Status Replay(const std::function<absl::Status(const JournalEntry&)>& visit) = 0;
  // The highest sequence ever appended, also if its entry has been dropped; 0 if none was.
  virtual uint64_t LastSequence() const = 0;
  // Approximate size of the entries kept. Never waits.
  virtual uint64_t Bytes() const = 0;
};

}  // namespace aisle
