// SPDX-License-Identifier: GPL-3.0-or-later
//
// FeedStore: what one collection's file knows of its feeds: definitions, progress, dead letters and
// versions of documents (the tables: indexer/manifest.cc). Thread safe. Errors are those of
// indexer/sqlite_database.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "core/status.h"
#include "indexer/manifest.h"
#include "ingest/feed_commit.h"

namespace aisle {

struct StoredFeed {
  std::string name;
  std::string definition;  // JSON text
  bool is_paused = false;
  std::string progress;  // JSON text; empty: it has not begun
};

class FeedStore {
 public:
  // The manifest must outlive the store.
  explicit FeedStore(Manifest* manifest) : database_(&manifest->database()) {}

  absl::StatusOr<std::vector<StoredFeed>> Read() const;
  absl::StatusOr<StoredFeed> Find(std::string_view name) const;
  // Durable when it returns, as all that follow.
  absl::Status Create(const StoredFeed& feed);
  absl::Status SetPaused(std::string_view name, bool is_paused);
  absl::Status SetProgress(std::string_view name, std::string_view progress);
  // With its dead letters and versions.
  absl::Status Delete(std::string_view name);

  // The documents of all dead letters, one for each.
  absl::StatusOr<std::vector<std::string>> ReadDeadLetterIds(std::string_view feed) const;
  // The highest number that a dead letter of the feed has; 0 if there is none.
  absl::StatusOr<uint64_t> LastDeadLetter(std::string_view feed) const;
  // At most `limit` with a number above `after`, ascending.
  absl::StatusOr<std::vector<DeadLetter>> ReadDeadLetters(std::string_view feed, uint64_t after,
                                                          size_t limit) const;
  // How many of these there were. Empty: all of the feed.
  absl::StatusOr<uint64_t> DropDeadLetters(std::string_view feed,
                                           std::span<const uint64_t> numbers);

  // The versions of those of the documents that have one.
  absl::StatusOr<absl::flat_hash_map<std::string, DocumentVersion>> ReadVersions(
      std::string_view feed, std::span<const std::string> ids) const;
  // Forgets tombstones last seen before `seen_before` (seconds since 1970).
  absl::Status DropTombstones(std::string_view feed, int64_t seen_before);

 private:
  CollectionDatabase* const database_;
};

// Writes the rows of `commit`, in the caller's transaction.
absl::Status WriteFeedCommit(CollectionDatabase* database, const FeedCommit& commit)
    ABSL_EXCLUSIVE_LOCKS_REQUIRED(database->mutex);

}  // namespace aisle
