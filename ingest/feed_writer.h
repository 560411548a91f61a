// SPDX-License-Identifier: GPL-3.0-or-later
//
// FeedWriter: the one path by which the events of every feed get into a collection:
//   validate   an event that cannot be right becomes a dead letter;
//   guard      one older than what the feed has delivered before is left out (versioned feeds);
//   coalesce   of several whole versions of a document only the last is written;
//   journal    documents, dead letters, versions and the feed's progress in one transaction;
//   apply      visible to every later search when Write() returns.
//
// One feed, one writer. Thread safe; calls of one writer go one after the other.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/container/flat_hash_set.h>
#include <absl/synchronization/mutex.h>

#include "core/status.h"
#include "ingest/applier.h"
#include "ingest/feed_statistics.h"
#include "ingest/feed_store.h"

namespace aisle {

struct FeedEvent {
  enum class Operation {
    kUpsert,  // `payload` is the whole document
    kUpdate,  // `payload` is merged into the document
    kDelete,
  };
  std::string id;
  uint64_t position = 0;  // in the source; of a versioned feed the document's version
  Operation operation = Operation::kUpsert;
  std::string payload;   // JSON text
  std::string original;  // what a dead letter keeps; empty: `payload`
  absl::Status error;    // the source could not deliver the document: a dead letter
};

class FeedWriter {
 public:
  struct Options {
    std::string feed;
    bool is_versioned = false;         // events carry versions and may come in any order
    bool reports_missing = false;      // updates of documents that are not there: no dead letters
    uint64_t dead_letters_max = 1000;  // from here on Write() is ResourceExhausted
    uint64_t tombstone_seconds = 0;    // of a versioned feed: how long the deleted are remembered
  };
  // All must outlive the writer.
  FeedWriter(Options options, Applier* applier, FeedStore* store, FeedStatistics* statistics)
      : options_(std::move(options)), applier_(applier), store_(store), statistics_(statistics) {}

  // Reads which dead letters there are. Call it before Write(), and when letters were dropped.
  absl::Status ReadDeadLetters();
  uint64_t dead_letters() const { return dead_letters_; }
  // Whether a change of this document could not be applied: what is there may be older.
  bool HasDeadLetter(std::string_view id) const;
  // Whether so many changes could not be applied that the feed stands still.
  bool IsBlocked() const { return dead_letters_ >= options_.dead_letters_max; }
  // What to say of that.
  std::string WhyBlocked() const;

  struct Outcome {
    std::vector<absl::Status> by_event;  // AlreadyExists: older than what was there
    // Of updates, if options.reports_missing: there is no document with this id.
    std::vector<std::string> missing_ids;
  };
  // `progress` (may be empty) becomes durable with the last of the events. On an error of the whole
  // call (disk full, or IsBlocked()) a part of the events may have been applied, without
  // `progress`: write all of them again.
  struct Mode {
    bool is_replay = false;  // of dead letters, which a blocked feed takes
    Urgency urgency = Urgency::kDelta;
  };
  absl::StatusOr<Outcome> Write(std::vector<FeedEvent> events, std::string progress,
                                const Mode& mode);
  absl::StatusOr<Outcome> Write(std::vector<FeedEvent> events, std::string progress) {
    return Write(std::move(events), std::move(progress), Mode());
  }

 private:
  struct Step;
  absl::Status Guard(const std::vector<FeedEvent>& events, std::vector<absl::Status>* by_event)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status DropOldTombstones() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status WriteStep(Step* step, Outcome* outcome) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  FeedCommit CommitOf(const Step& step, const Applier::Results& results, Outcome* outcome) const;
  void Count(const Step& step, const FeedCommit& commit, const Outcome& outcome);

  const Options options_;
  Applier* const applier_;
  FeedStore* const store_;
  FeedStatistics* const statistics_;
  absl::Mutex mutex_;
  absl::Time tombstones_dropped_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::atomic<uint64_t> dead_letters_ = 0;
  mutable absl::Mutex ids_mutex_ ABSL_ACQUIRED_AFTER(mutex_);
  absl::flat_hash_set<std::string> dead_letter_ids_ ABSL_GUARDED_BY(ids_mutex_);
};

}  // namespace aisle
