// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a collection's manifest and journal hold, as a plain value, and operations that change the
// stored collection and the value alike: a model to compare with.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "core/status.h"
#include "indexer/manifest.h"
#include "ingest/journal.h"
#include "ingest/sqlite_journal.h"

namespace aisle {

struct StoredState {
  ManifestState manifest;
  std::vector<JournalEntry> journal;
  uint64_t last_sequence = 0;
  uint64_t journal_bytes = 0;

  bool operator==(const StoredState&) const = default;
};

// Each is one transaction.
struct AppendOperation {
  std::vector<JournalEntry> entries;
  std::string schema_json;
};
struct AllocateOperation {};
using StoredOperation = std::variant<AppendOperation, AllocateOperation, SegmentCommit>;

// A collection opened as the engine opens it.
class StoredCollection {
 public:
  static constexpr uint32_t kShards = 3;

  static StoredState InitialState();
  static absl::Status Create(const std::string& directory);
  static absl::StatusOr<StoredCollection> Open(const std::string& directory);

  absl::Status Execute(const StoredOperation& operation);
  absl::StatusOr<StoredState> Read();

  SqliteJournal& journal() { return *journal_; }
  Manifest& manifest() { return *manifest_; }

 private:
  std::unique_ptr<Manifest> manifest_;
  std::unique_ptr<SqliteJournal> journal_;
};

// The state in the directory, by a collection opened for it.
absl::StatusOr<StoredState> ReadState(const std::string& directory);

// An operation that is possible in this state.
StoredOperation RandomOperation(const StoredState& state, std::mt19937* random);
// The state after it.
void Apply(const StoredOperation& operation, StoredState* state);

// For messages.
std::string Describe(const StoredState& state);

}  // namespace aisle
