// SPDX-License-Identifier: GPL-3.0-or-later
//
// SqliteJournal: the journal as a table of the manifest's SQLite file (its format:
// indexer/manifest.cc).
#pragma once

#include <atomic>
#include <memory>

#include "indexer/manifest.h"
#include "ingest/journal.h"

namespace aisle {

class SqliteJournal : public Journal {
 public:
  // The manifest must outlive the journal and have no other one.
  static absl::StatusOr<std::unique_ptr<SqliteJournal>> Open(Manifest* manifest);

  absl::Status Append(std::span<const JournalEntry> entries, std::string_view schema_json,
                      std::span<const FeedCommit> feeds = {}) override;
  absl::Status Replay(const std::function<absl::Status(const JournalEntry&)>& visit) override;
  uint64_t LastSequence() const override { return last_sequence_; }
  uint64_t Bytes() const override { return database_->journal_bytes; }

 private:
  SqliteJournal(CollectionDatabase* database, uint64_t last_sequence)
      : database_(database), last_sequence_(last_sequence) {}

  CollectionDatabase* const database_;
  std::atomic<uint64_t> last_sequence_;
};

}  // namespace aisle
