// SPDX-License-Identifier: GPL-3.0-or-later
//
// Applier: the one way by which changes get into a collection. A change is
//   prepared   checked against the schema and analysed, on the caller's thread;
//   resolved   against the documents there are: does it exist, what does it merge into;
//   journaled  durable, all changes of all waiting callers in one transaction (group commit);
//   applied    to the shards' memtables, and published: visible to every later search.
//
// Thread safe. The callers that wait form a queue; the first of them does the work for a group and
// wakes the others (the scheme of LevelDB's DBImpl::Write).
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/container/flat_hash_map.h>
#include <absl/synchronization/mutex.h>

#include "core/status.h"
#include "indexer/collection_index.h"
#include "ingest/change_event.h"
#include "ingest/journal.h"

namespace aisle {

class Applier {
 public:
  // Both must outlive the applier.
  Applier(CollectionIndex* index, Journal* journal) : index_(index), journal_(journal) {}

  // Brings the index up to the journal. Call once, before anything else.
  absl::Status Replay();

  using Results = std::vector<absl::StatusOr<Json>>;
  // Result i is the document after event i (for a delete: before it) or why the event was not
  // applied. Events count in their order, also within one call. The outer status is an error of the
  // whole call (journal not writable): then nothing of it was applied.
  absl::StatusOr<Results> Apply(std::vector<ChangeEvent> events);

  // The same for a feed. `commit_of` is called once, when the results are known and nothing is
  // durable yet; what it returns is recorded in the transaction that makes the changes durable. It
  // must not call the applier.
  using CommitOf = std::function<FeedCommit(const Results& results)>;
  absl::StatusOr<Results> Apply(std::vector<ChangeEvent> events, CommitOf commit_of);

 private:
  struct Prepared;
  struct Batch;
  class Group;

  Prepared Prepare(const ChangeEvent& event, std::shared_ptr<const IndexSchema> schema) const;
  absl::Status CommitGroup(const std::vector<Batch*>& batches);

  CollectionIndex* const index_;
  Journal* const journal_;
  absl::Mutex mutex_;
  std::deque<Batch*> queue_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace aisle
