// SPDX-License-Identifier: GPL-3.0-or-later
//
// Applier: the one way by which changes get into a collection. A change is
//   prepared   checked against the schema and analysed, on the caller's thread;
//   resolved   against the documents there are: does it exist, what does it merge into;
//   journaled  durable, all changes of all waiting callers in one transaction (group commit);
//   applied    to the shards' memtables, and published: visible to every later search.
//
// Thread safe. The callers that wait form a queue; the first of them does the work for a group and
// wakes the others (the scheme of LevelDB's DBImpl::Write). Bulk has a queue of its own: deltas go
// before it, so that a price waits for one group of an import at most; and while deltas keep coming
// bulk still gets a part of the time.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/container/flat_hash_map.h>
#include <absl/synchronization/mutex.h>
#include <absl/time/time.h>

#include "core/status.h"
#include "core/urgency.h"
#include "indexer/collection_index.h"
#include "ingest/change_event.h"
#include "ingest/journal.h"

namespace aisle {

class Applier {
 public:
  // Both must outlive the applier. What is in the journal must be in the index (journal_replay.h).
  Applier(CollectionIndex* index, Journal* journal) : index_(index), journal_(journal) {}

  using Results = std::vector<absl::StatusOr<Json>>;
  // For feeds: called once, when the results are known and nothing is durable yet; what it returns
  // is recorded in the transaction that makes the changes durable. It must not call the applier.
  using CommitOf = std::function<FeedCommit(const Results& results)>;
  struct Options {
    Urgency urgency = Urgency::kDelta;
    CommitOf commit_of = nullptr;
  };
  // Result i is the document after event i (for a delete: before it) or why the event was not
  // applied. Events count in their order, also within one call. The outer status is an error of the
  // whole call (journal not writable): then nothing of it was applied.
  absl::StatusOr<Results> Apply(std::vector<ChangeEvent> events, const Options& options);
  absl::StatusOr<Results> Apply(std::vector<ChangeEvent> events) {
    return Apply(std::move(events), Options());
  }

 private:
  struct Prepared;
  struct Batch;
  class Group;

  void Prepare(Batch* batch) const;
  // Waits until the batch is done or it is the caller's turn: then a group to commit, the batch
  // among it.
  std::vector<Batch*> AwaitTurn(Batch* batch);
  absl::Status CommitGroup(const std::vector<Batch*>& batches);
  void EndTurn(const std::vector<Batch*>& group, const absl::Status& status);
  // The queue whose first batch comes next.
  std::deque<Batch*>& NextQueue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  CollectionIndex* const index_;
  Journal* const journal_;
  absl::Mutex mutex_;
  std::deque<Batch*> deltas_ ABSL_GUARDED_BY(mutex_);
  std::deque<Batch*> bulk_ ABSL_GUARDED_BY(mutex_);
  bool is_committing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time turn_began_ ABSL_GUARDED_BY(mutex_);
  absl::Time bulk_due_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  bool is_turn_of_bulk_ ABSL_GUARDED_BY(mutex_) = false;  // deltas or not
};

}  // namespace aisle
