// SPDX-License-Identifier: GPL-3.0-or-later
//
// NatsSource: a stream of NATS JetStream, by a durable pull consumer that is made anew whenever
// reading begins, so that it begins where the collection is. The only file that includes libnats.
//
// One part, named as the stream; a place is a stream sequence. The last part of a message's subject
// is its key; a message without data is a tombstone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/message_source.h"

struct __natsConnection;
struct __natsSubscription;
struct __natsMsg;
struct __jsCtx;

namespace aisle {

class NatsSource : public MessageSource {
 public:
  NatsSource(const MessageDefinition& definition, const std::atomic<bool>* stop)
      : definition_(definition), stop_(stop) {}

  absl::Status Open(MessagePlaces* places) override;
  absl::StatusOr<std::vector<StreamMessage>> Read(absl::Duration wait) override;
  absl::Status Acknowledge() override;
  absl::StatusOr<uint64_t> ReadLag() override;
  absl::Status Retire() override;

 private:
  struct Destroy {
    void operator()(__natsConnection* connection) const;
    void operator()(__natsSubscription* subscription) const;
    void operator()(__natsMsg* message) const;
    void operator()(__jsCtx* context) const;
  };
  absl::Status Connect();
  // Whether the stream is the one that was read before; what it has lost meanwhile is a message.
  absl::Status CheckStream(MessagePlaces* places);
  absl::Status Subscribe(uint64_t place);
  // Adds at most `count`: those that are there, or one that comes within `wait`.
  absl::Status Fetch(int count, absl::Duration wait, std::vector<StreamMessage>* messages);
  // Looks at the stream now and then. FailedPrecondition if its server has forgotten messages that
  // were read: it would give their numbers anew, to others.
  absl::Status CheckStore();
  // FailedPrecondition: the stream is not the one whose message `place` was the last one read.
  absl::Status Another(uint64_t place) const;
  std::string Consumer() const;

  const MessageDefinition& definition_;
  const std::atomic<bool>* const stop_;
  std::unique_ptr<__natsConnection, Destroy> connection_;
  std::unique_ptr<__jsCtx, Destroy> context_;
  std::unique_ptr<__natsSubscription, Destroy> subscription_;
  std::unique_ptr<__natsMsg, Destroy> last_;  // that was read and is not acknowledged
  std::vector<StreamMessage> lost_;           // to be returned before all else
  uint64_t place_ = 0;
  absl::Time store_checked_ = absl::InfinitePast();
  // Since when messages wait and none comes; InfiniteFuture: they do not.
  absl::Time silent_since_ = absl::InfiniteFuture();
};

}  // namespace aisle
