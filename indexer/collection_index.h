// SPDX-License-Identifier: GPL-3.0-or-later
//
// CollectionIndex: the shards, dictionaries, schema and manifest of one collection in one
// directory:
//
//   DIR/collection.db     manifest and journal (indexer/manifest.h)
//   DIR/segments/7/       the Xapian database of segment 7
//
// Thread safety: snapshot() and the counters may be called by any thread at any time and never wait
// for a writer. The functions under "Writing" are for one writer at a time (ingest/applier.h).
// Flushes, merges and joins of chunks run on threads of their own, one of each for each core at
// most, so that none waits for another of its shard; one more thread keeps house.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/synchronization/mutex.h>
#include <absl/time/time.h>

#include "core/status.h"
#include "core/urgency.h"
#include "indexer/manifest.h"
#include "indexer/shard.h"
#include "indexer/snapshot.h"

namespace aisle {

struct CollectionOptions {
  // A shard's memtable is flushed when it holds this much; bulk waits at twice as much, every
  // writer at three times.
  uint64_t memtable_documents = 50000;
  uint64_t memtable_bytes = 64u << 20;
};

class CollectionIndex {
 public:
  // Makes an empty collection on disk, to be opened. `directory` must not exist.
  static absl::Status Create(const std::string& directory, const Schema& schema, uint32_t shards);
  // Opens all segments. Changes that are only in the journal are not there yet: ingest/ replays
  // them.
  static absl::StatusOr<std::unique_ptr<CollectionIndex>> Open(const std::string& directory,
                                                               const CollectionOptions& options);
  ~CollectionIndex();

  // Reading.
  std::shared_ptr<const Snapshot> snapshot() const;
  uint32_t shards() const { return static_cast<uint32_t>(shards_.size()); }
  int64_t created_at() const { return created_at_; }
  uint32_t ShardOf(std::string_view id) const;

  struct Statistics {
    uint64_t memtable_documents = 0, memtable_bytes = 0, segments = 0;
    uint64_t dead_documents = 0;  // replaced or deleted, and not merged away yet
    uint64_t index_bytes = 0;     // memory of all memory indexes
    uint64_t flushes = 0, merges = 0, failures = 0;
  };
  Statistics statistics() const;

  // Takes in the words that the dictionaries got since the last time, by which searches find other
  // forms and correct mistakes: a millisecond for a thousand. Few new ones a search takes in
  // itself.
  void TakeInWords();
  // The same if there are many, else nothing. Who writes calls this before it answers, so that what
  // it wrote is found in all its forms from then on.
  void TakeInNewWords();

  // Writing.
  // Waits while a memtable is at its limit; ResourceExhausted if it cannot be flushed (disk full).
  absl::Status WaitForRoom(Urgency urgency);
  // The next document order; never given twice.
  uint64_t NextOrder() { return next_order_++; }
  // Makes `order` count as given.
  void NoteOrder(uint64_t order);
  // `schema` extends the present one and is durable already.
  absl::Status SetSchema(Schema schema);
  // Of every later search; durable when it returns. InvalidArgument: core/ranking.h.
  absl::Status SetRanking(const Json& ranking);
  // The changes of one journal entry, all of shard `shard`. Visible after Publish(). Other shards
  // may have theirs applied at the same time. Waits, or works, while chunks are joined too slowly.
  void Apply(uint32_t shard, const ShardChanges& changes, uint64_t sequence);
  void Publish();

  // Flushes every memtable and finishes the merges that are due.
  absl::Status Flush();
  // Flushes and merges begin (once, after the journal has been replayed or before).
  void StartMaintenance();

  Manifest& manifest() { return *manifest_; }

 private:
  CollectionIndex(std::string directory, const CollectionOptions& options,
                  std::unique_ptr<Manifest> manifest);

  absl::Status Load(const ManifestState& state);
  absl::StatusOr<SegmentView> OpenSegment(const SegmentRecord& record,
                                          const IndexSchema& schema) const;
  // In the order of `records`.
  absl::StatusOr<std::vector<SegmentView>> OpenSegments(const std::vector<SegmentRecord>& records,
                                                        const IndexSchema& schema) const;
  void RemoveStraySegments(const ManifestState& state) const;

  bool IsOverLimit(const Shard& shard, uint64_t factor) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasRoom(Urgency urgency) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  enum class Work { kFlush, kMerge, kJoin };
  // A shard that is due for this and that no thread does it for.
  std::optional<size_t> ShardWithWork(Work work) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Nothing is due and nothing under way.
  bool IsAllDone() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void PublishLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // Merges wait while bulk comes, and go on to the end when no changes come.
  MergeEffort Effort() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // A maintenance thread.
  void Maintain(Work work);
  // What time alone makes due, looked at every second.
  void KeepHouse();
  // The flush or merge that is due; the lock is given up while it runs.
  absl::Status RunJob(size_t shard, Work work) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Makes one chunk of those that are due; the lock is given up meanwhile.
  void JoinChunks(size_t shard, MergeEffort effort) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Records what the job has made and puts it in the place of what went in; the lock is given up
  // while that is written.
  absl::Status CommitJob(const RewriteJob& job, size_t shard,
                         const std::shared_ptr<const Segment>& segment)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Lets go of what was merged or flushed away and no snapshot has any more; gives up the lock.
  void ReleaseRetired() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<std::shared_ptr<const Segment>> Rewrite(const RewriteJob& job,
                                                         std::shared_ptr<const IndexSchema> schema);

  const std::string directory_;
  const CollectionOptions options_;
  const std::unique_ptr<Manifest> manifest_;
  const std::shared_ptr<Dictionaries> dictionaries_ = std::make_shared<Dictionaries>();
  int64_t created_at_ = 0;
  std::atomic<uint64_t> next_order_ = 1;
  std::atomic<uint32_t> words_taken_in_ = 0;  // so many terms, in all languages of the schema

  mutable absl::Mutex mutex_;                   // guards the shards and what follows
  std::vector<std::unique_ptr<Shard>> shards_;  // the list itself is fixed after Load
  std::shared_ptr<const IndexSchema> schema_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const Ranking> ranking_ ABSL_GUARDED_BY(mutex_);  // nullptr: the default
  absl::Time last_change_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::Time last_bulk_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  bool flush_all_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<bool> is_joining_ ABSL_GUARDED_BY(mutex_);     // by shard
  std::vector<bool> is_merging_ ABSL_GUARDED_BY(mutex_);     // by shard
  std::vector<bool> is_committing_ ABSL_GUARDED_BY(mutex_);  // by shard
  size_t jobs_ ABSL_GUARDED_BY(mutex_) = 0;                  // under way
  // Searches may still read these. The last to let go of one frees its memory and removes its
  // files, which takes long: a maintenance thread, not a search.
  std::vector<std::shared_ptr<const Segment>> retired_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);        // of the last job
  absl::Status flush_failure_ ABSL_GUARDED_BY(mutex_);  // of the last Flush()
  uint64_t flushes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t merges_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t failures_ ABSL_GUARDED_BY(mutex_) = 0;

  mutable absl::Mutex snapshot_mutex_;  // held for a pointer copy only
  std::shared_ptr<const Snapshot> snapshot_ ABSL_GUARDED_BY(snapshot_mutex_);

  // Waits that end by themselves are of the standard library: they do not depend on the time of
  // day, which may be set.
  std::mutex ending_mutex_;
  std::condition_variable ending_;
  std::atomic<bool> is_ending_ = false;
  std::vector<std::thread> maintenance_;
};

}  // namespace aisle
