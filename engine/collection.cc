// SPDX-License-Identifier: GPL-3.0-or-later
//
// DIR.new is a creation under way, DIR with a file DROPPED a drop under way: both are removed at
// the next start.
#include "engine/collection.h"

#include <filesystem>

#include "core/file.h"
#include "ingest/journal_replay.h"
#include "ingest/sqlite_journal.h"

namespace aisle {
namespace {

constexpr char kUnfinished[] = ".new";
constexpr char kDropped[] = "/DROPPED";

}  // namespace

absl::Status Collection::Create(const std::string& directory, const Schema& schema,
                                uint32_t shards) {
  const std::string unfinished = directory + kUnfinished;
  absl::Status status = CollectionIndex::Create(unfinished, schema, shards);
  if (status.ok()) status = RenameDurably(unfinished, directory);
  if (!status.ok()) {
    std::error_code ignored;  // removed at the next start
    std::filesystem::remove_all(unfinished, ignored);
  }
  return status;
}

bool Collection::RemoveIfAbandoned(const std::string& directory) {
  if (!directory.ends_with(kUnfinished) && !std::filesystem::exists(directory + kDropped))
    return false;
  std::error_code ignored;  // tried again at the next start
  std::filesystem::remove_all(directory, ignored);
  return true;
}

absl::StatusOr<std::shared_ptr<Collection>> Collection::Open(const std::string& directory,
                                                             const CollectionOptions& options) {
  std::shared_ptr<Collection> collection(new Collection(directory));
  ASSIGN_OR_RETURN(collection->index_, CollectionIndex::Open(directory, options));
  ASSIGN_OR_RETURN(collection->journal_, SqliteJournal::Open(&collection->index_->manifest()));
  collection->applier_ =
      std::make_unique<Applier>(collection->index_.get(), collection->journal_.get());
  collection->feed_store_ = std::make_unique<FeedStore>(&collection->index_->manifest());
  collection->index_->StartMaintenance();
  RETURN_IF_ERROR(
      WithContext(ReplayJournal(collection->journal_.get(), collection->index_.get()), directory));
  collection->index_->TakeInWords();
  return collection;
}

absl::Status Collection::MarkDropped() {
  RETURN_IF_ERROR(WriteFileDurably(directory_ + kDropped, ""));
  dropped_ = true;
  return absl::OkStatus();
}

Collection::~Collection() {
  feed_store_.reset();
  applier_.reset();
  journal_.reset();
  index_.reset();
  if (dropped_) RemoveIfAbandoned(directory_);
}

}  // namespace aisle
