// SPDX-License-Identifier: GPL-3.0-or-later
//
// KafkaSource: a topic of Kafka. Partitions are assigned at the stored places; what the brokers
// know of a consumer group is not used. The only file that includes librdkafka.
//
// A part is a partition, by its number; a place is the offset behind the last message.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/message_source.h"

struct rd_kafka_s;
struct rd_kafka_message_s;

namespace aisle {

class KafkaSource : public MessageSource {
 public:
  KafkaSource(const MessageDefinition& definition, const std::atomic<bool>* stop)
      : definition_(definition), stop_(stop) {}

  absl::Status Open(MessagePlaces* places) override;
  absl::StatusOr<std::vector<StreamMessage>> Read(absl::Duration wait) override;
  absl::StatusOr<uint64_t> ReadLag() override;

 private:
  struct Destroy {
    void operator()(rd_kafka_s* client) const;
    void operator()(rd_kafka_message_s* message) const;
  };
  absl::Status Connect();
  absl::StatusOr<std::vector<int32_t>> ReadPartitions();
  // Where reading of a partition begins; what it has lost meanwhile is a message.
  absl::Status CheckPartition(int32_t partition, bool is_new, uint64_t* place);
  absl::Status Assign(const std::map<std::string, uint64_t>& places);

  const MessageDefinition& definition_;
  const std::atomic<bool>* const stop_;
  std::unique_ptr<rd_kafka_s, Destroy> client_;
  std::map<std::string, uint64_t> places_;  // as far as it was read
  std::vector<StreamMessage> lost_;         // to be returned before all else
  absl::Time partitions_read_ = absl::InfinitePast();
};

}  // namespace aisle
