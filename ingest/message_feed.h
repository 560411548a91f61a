// SPDX-License-Identifier: GPL-3.0-or-later
//
// MessageFeed: keeps a collection in step with a stream of messages.
//
// One thread: read some messages, write their events together with the places up to which the
// stream is read, acknowledge. Messages wait in their stream meanwhile. The stored places are where
// reading begins, whatever the stream remembers of the feed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/message_source.h"
#include "ingest/threaded_feed.h"

namespace aisle {

class MessageFeed : public ThreadedFeed {
 public:
  static absl::StatusOr<std::unique_ptr<Feed>> Open(FeedDefinition definition,
                                                    const StoredFeed& stored,
                                                    const FeedTarget& target);
  // Whether the stream is there and can be read.
  static absl::Status Check(const MessageDefinition& definition);
  ~MessageFeed() override;

  absl::StatusOr<uint64_t> Replay(std::vector<DeadLetter> letters) override;
  absl::Status Retire() override;

 private:
  MessageFeed(FeedDefinition definition, bool is_paused, const FeedTarget& target,
              MessagePlaces places);

  absl::Status Work() override;
  void DescribeSource(Json* json) const override;
  void AddMetrics(std::vector<FeedMetric>* metrics) const override;
  absl::Status Apply(const std::vector<StreamMessage>& messages);
  void Show(uint64_t lag, UnixMicros oldest_pending);

  const MessageDefinition& source() const { return *definition_.messages; }

  MessagePlaces places_;  // the thread's own: those that are durable

  mutable absl::Mutex mutex_;
  MessagePlaces shown_ ABSL_GUARDED_BY(mutex_);
  uint64_t lag_ ABSL_GUARDED_BY(mutex_) = 0;
  UnixMicros oldest_pending_ ABSL_GUARDED_BY(mutex_) = 0;  // when it was sent; 0: none
};

}  // namespace aisle
