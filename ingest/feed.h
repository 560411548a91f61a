// SPDX-License-Identifier: GPL-3.0-or-later
//
// Feed: keeps one collection in step with one source of changes. What is common to all kinds:
// definition, pausing, dead letters, what is told about it.
//
// Thread safe. A feed works on a thread of its own from Start() to its destruction, if it has to
// ask its source; what it has acknowledged to the source is durable.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/synchronization/mutex.h>

#include "core/json.h"
#include "core/status.h"
#include "indexer/collection_index.h"
#include "ingest/applier.h"
#include "ingest/feed_definition.h"
#include "ingest/feed_statistics.h"
#include "ingest/feed_store.h"
#include "ingest/feed_writer.h"

namespace aisle {

// What a feed writes into. All outlive the feed.
struct FeedTarget {
  CollectionIndex* index = nullptr;
  Applier* applier = nullptr;
  FeedStore* store = nullptr;
};

// One sample for /metrics.
struct FeedMetric {
  std::string_view name;
  std::string_view help;
  std::string labels;  // besides the feed's
  double value = 0;
  bool is_counter = false;
};

class Feed {
 public:
  // A feed as it was when the process ended, or a new one, by the definition's type.
  static absl::StatusOr<std::unique_ptr<Feed>> Open(const StoredFeed& stored,
                                                    const FeedTarget& target);
  // Whether a new feed could work: its source is there and fits the definition. May take seconds.
  static absl::Status Check(const FeedDefinition& definition);
  virtual ~Feed() = default;

  const FeedDefinition& definition() const { return definition_; }
  bool is_paused() const;
  // The answer of GET /feeds/{feed}: definition, state, position, lag, counters, freshness.
  Json Describe() const;
  std::vector<FeedMetric> Metrics() const;

  // Takes up work; the feed's thread begins.
  virtual void Start() {}
  // Durable. A paused feed does nothing; its source keeps the changes.
  absl::Status SetPaused(bool is_paused);

  // Events of a feed that is written to; result i is of event i: OK also for one that is older than
  // what is there. Others are FailedPrecondition.
  virtual absl::StatusOr<std::vector<absl::Status>> Send(std::vector<FeedEvent> events);
  // Compares the collection with the source, in the background; Describe() tells what was found.
  virtual absl::Status Verify(bool repairs);
  // Reads everything anew, while what is there is served.
  virtual absl::Status Resnapshot();
  // Tries these again. How many were applied or are being tried.
  virtual absl::StatusOr<uint64_t> Replay(std::vector<DeadLetter> letters) = 0;
  absl::StatusOr<std::vector<DeadLetter>> ReadDeadLetters(uint64_t after, size_t limit) const;
  // Of the given numbers, or all. How many there were.
  absl::StatusOr<uint64_t> DropDeadLetters(std::span<const uint64_t> numbers);

  // The end of the feed: what it has made in its source is removed. Its thread has ended when this
  // returns. An error tells what is left there and how to remove it.
  virtual absl::Status Retire() { return absl::OkStatus(); }

 protected:
  Feed(FeedDefinition definition, bool is_paused, const FeedTarget& target,
       const FeedWriter::Options& options);

  // The parts of Describe() and Metrics() that a kind of feed adds.
  virtual void DescribeSource(Json* json) const;
  virtual void AddMetrics(std::vector<FeedMetric>* metrics) const;
  // Wakes the thread after SetPaused(), and when dead letters were dropped.
  virtual void OnReleased() {}

  // Applies dead letters of a versioned feed again, one by one: `parse` makes events of them.
  absl::StatusOr<uint64_t> ReplayEvents(const std::vector<DeadLetter>& letters,
                                        const std::function<FeedEvent(const DeadLetter&)>& parse);

  // "running", "snapshot", "paused", "error", ...: what Describe() shows with its reason.
  void SetState(std::string_view state, std::string_view reason = {});

  const FeedDefinition definition_;
  const FeedTarget target_;
  FeedStatistics statistics_;
  FeedWriter writer_;

 private:
  mutable absl::Mutex mutex_;
  bool is_paused_ ABSL_GUARDED_BY(mutex_);
  std::string state_ ABSL_GUARDED_BY(mutex_) = "starting";
  std::string reason_ ABSL_GUARDED_BY(mutex_);
  std::string last_error_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_error_time_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace aisle
