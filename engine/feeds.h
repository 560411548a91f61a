// SPDX-License-Identifier: GPL-3.0-or-later
//
// Feeds: what keeps collections in step with other systems (docs/feeds.md), by name. Thread safe.
// All functions that name a feed are NotFound if there is none.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/synchronization/mutex.h>

#include "core/json.h"
#include "core/status.h"
#include "engine/collection.h"
#include "ingest/feed.h"

namespace aisle {

class Feeds {
 public:
  using FindCollection =
      std::function<absl::StatusOr<std::shared_ptr<Collection>>(std::string_view name)>;
  explicit Feeds(FindCollection find) : find_(std::move(find)) {}

  // Opens the feeds that the collection's file names. One that cannot be opened is logged.
  void OpenAll(const std::shared_ptr<Collection>& collection);
  // The names of the feeds that fill the collection.
  std::vector<std::string> NamesOf(std::string_view collection) const;

  // Checks the definition and what it leads to, makes the feed and starts it. The answer is that of
  // Describe(). AlreadyExists if the name is taken, or if the collection has a feed from a
  // database.
  absl::StatusOr<Json> Create(const Json& definition);
  absl::StatusOr<Json> Describe(std::string_view name) const;
  std::vector<Json> DescribeAll() const;
  absl::StatusOr<Json> SetPaused(std::string_view name, bool is_paused);
  // The feed as it was. Its documents stay. What it has made in its source is removed; where that
  // fails the answer's `warning` says what is left.
  absl::StatusOr<Json> Delete(std::string_view name);

  // Each event is a JSON text (ingest/event_feed.h); result i is of event i. Of one that is too
  // long the beginning is enough.
  struct SentEvent {
    std::string_view text;
    uint64_t bytes = 0;  // of the whole event
  };
  absl::StatusOr<std::vector<absl::Status>> Send(std::string_view name,
                                                 std::span<const SentEvent> events);
  absl::Status Verify(std::string_view name, bool repairs);
  absl::Status Resnapshot(std::string_view name);

  absl::StatusOr<std::vector<DeadLetter>> ReadDeadLetters(std::string_view name, uint64_t after,
                                                          size_t limit) const;
  // Of these numbers; empty: all. How many there were.
  absl::StatusOr<uint64_t> ReplayDeadLetters(std::string_view name,
                                             std::span<const uint64_t> numbers);
  absl::StatusOr<uint64_t> DropDeadLetters(std::string_view name,
                                           std::span<const uint64_t> numbers);

  // By feed.
  std::vector<std::pair<std::string, std::vector<FeedMetric>>> Metrics() const;

 private:
  // A feed and what it writes into, which must live as long.
  struct Entry {
    std::shared_ptr<Collection> collection;
    std::unique_ptr<Feed> feed;
  };
  absl::StatusOr<std::shared_ptr<Entry>> Find(std::string_view name) const;
  std::vector<std::shared_ptr<Entry>> All() const;
  absl::Status CheckIsNew(const FeedDefinition& definition) const;
  static absl::StatusOr<std::shared_ptr<Entry>> Open(const StoredFeed& stored,
                                                     std::shared_ptr<Collection> collection);

  const FindCollection find_;
  absl::Mutex create_mutex_;  // one at a time is made or deleted
  mutable absl::Mutex mutex_;
  std::map<std::string, std::shared_ptr<Entry>, std::less<>> feeds_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace aisle
