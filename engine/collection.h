// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collection: one open collection: its index, its journal, and the applier between them. Thread
// safe. Shared by the engine and the requests that use it, so that a dropped collection lives until
// its last request is done; its directory goes with it.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "core/status.h"
#include "indexer/collection_index.h"
#include "ingest/applier.h"
#include "ingest/feed_store.h"
#include "ingest/journal.h"

namespace aisle {

class Collection {
 public:
  // Makes an empty collection in `directory`, all or nothing.
  static absl::Status Create(const std::string& directory, const Schema& schema, uint32_t shards);
  // Opens the collection and replays its journal.
  static absl::StatusOr<std::shared_ptr<Collection>> Open(const std::string& directory,
                                                          const CollectionOptions& options);
  // Removes what unfinished creations and drops have left in `directory`; true if nothing remains
  // of it.
  static bool RemoveIfAbandoned(const std::string& directory);

  ~Collection();

  CollectionIndex& index() { return *index_; }
  const CollectionIndex& index() const { return *index_; }
  const Journal& journal() const { return *journal_; }
  Applier& applier() { return *applier_; }
  FeedStore& feed_store() { return *feed_store_; }

  // From here on the collection does not come back at a restart.
  absl::Status MarkDropped();

 private:
  explicit Collection(std::string directory) : directory_(std::move(directory)) {}

  const std::string directory_;
  std::atomic<bool> dropped_ = false;
  std::unique_ptr<CollectionIndex> index_;
  std::unique_ptr<Journal> journal_;  // over the index's manifest
  std::unique_ptr<Applier> applier_;
  std::unique_ptr<FeedStore> feed_store_;  // over the same manifest
};

}  // namespace aisle
