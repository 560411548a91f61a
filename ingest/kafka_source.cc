// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/kafka_source.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <utility>

#include <absl/strings/numbers.h>

#include "core/limits.h"
#include "core/steady_clock.h"

namespace aisle {
namespace {

constexpr int kTimeoutMs = 5000;
// How often new partitions are looked for.
constexpr absl::Duration kPartitionsInterval = absl::Seconds(30);
constexpr size_t kErrorBytes = 512;

absl::Status ErrorOf(std::string_view what, rd_kafka_resp_err_t error) {
  const std::string message = fmt::format("Kafka: {}: {}", what, rd_kafka_err2str(error));
  switch (error) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
      return FailedPrecondition("{}", message);
    default:
      return absl::UnavailableError(message);
  }
}

}  // namespace

void KafkaSource::Destroy::operator()(rd_kafka_s* client) const {
  rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}
void KafkaSource::Destroy::operator()(rd_kafka_message_s* message) const {
  rd_kafka_message_destroy(message);
}

absl::Status KafkaSource::Connect() {
  std::vector<std::pair<std::string, std::string>> settings = {
      {"client.id", "aisle"},
      {"topic.metadata.refresh.interval.ms", "5000"},
      // One message that is larger than an answer may be would stop the feed for good.
      {"receive.message.max.bytes", "1000000000"}};
  settings.insert(settings.end(), definition_.settings.begin(), definition_.settings.end());
  // What the feed rests on cannot be changed by the definition.
  const std::pair<std::string, std::string> fixed[] = {
      {"bootstrap.servers", definition_.connection},
      {"group.id", "aisle_" + definition_.name},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"queued.max.messages.kbytes", "65536"}};
  settings.insert(settings.end(), std::begin(fixed), std::end(fixed));
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  char error[kErrorBytes] = "";
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), error, sizeof(error)) ==
        RD_KAFKA_CONF_OK) {
      continue;
    }
    rd_kafka_conf_destroy(conf);
    return FailedPrecondition("`settings.{}`: {}", name, error);
  }
  rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t*, int, const char*, const char*) {});
  client_.reset(rd_kafka_new(RD_KAFKA_CONSUMER, conf, error, sizeof(error)));
  if (client_ == nullptr) {
    rd_kafka_conf_destroy(conf);
    return FailedPrecondition("Kafka: {}", error);
  }
  rd_kafka_poll_set_consumer(client_.get());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<int32_t>> KafkaSource::ReadPartitions() {
  rd_kafka_topic_t* topic = rd_kafka_topic_new(client_.get(), definition_.topic.c_str(), nullptr);
  const rd_kafka_metadata_t* raw = nullptr;
  const rd_kafka_resp_err_t error = rd_kafka_metadata(client_.get(), 0, topic, &raw, kTimeoutMs);
  rd_kafka_topic_destroy(topic);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return ErrorOf("no broker answers", error);
  const std::unique_ptr<const rd_kafka_metadata_t, void (*)(const rd_kafka_metadata_t*)> metadata(
      raw, rd_kafka_metadata_destroy);
  std::vector<int32_t> partitions;
  for (int i = 0; i < metadata->topic_cnt; ++i) {
    const rd_kafka_metadata_topic_t& one = metadata->topics[i];
    if (one.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return ErrorOf(fmt::format("the topic `{}`", definition_.topic), one.err);
    }
    for (int j = 0; j < one.partition_cnt; ++j) partitions.push_back(one.partitions[j].id);
  }
  if (partitions.empty()) return absl::UnavailableError("Kafka: the topic has no partitions yet");
  return partitions;
}

absl::Status KafkaSource::CheckPartition(int32_t partition, bool is_new, uint64_t* place) {
  int64_t low = 0, high = 0;
  const rd_kafka_resp_err_t error = rd_kafka_query_watermark_offsets(
      client_.get(), definition_.topic.c_str(), partition, &low, &high, kTimeoutMs);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return ErrorOf(fmt::format("partition {} cannot be looked at", partition), error);
  }
  const auto first = static_cast<uint64_t>(std::max<int64_t>(low, 0));
  if (*place > static_cast<uint64_t>(std::max<int64_t>(high, 0))) {
    return FailedPrecondition(
        "partition {} of the topic `{}` ends at {}, before {}, where the collection is: it is "
        "another topic than before; delete the feed and make it again, so that it is read from its "
        "beginning",
        partition, definition_.topic, high, *place);
  }
  if (*place >= first) return absl::OkStatus();
  if (!is_new) {
    lost_.push_back({.part = std::to_string(partition),
                     .place = first,
                     .error = DataLoss("offsets {} to {} of partition {} were removed before they "
                                       "were read: send the documents that they were about again",
                                       *place, first - 1, partition)});
  }
  *place = first;
  return absl::OkStatus();
}

absl::Status KafkaSource::Assign(const std::map<std::string, uint64_t>& places) {
  rd_kafka_topic_partition_list_t* list =
      rd_kafka_topic_partition_list_new(static_cast<int>(places.size()));
  for (const auto& [part, place] : places) {
    int32_t partition = 0;
    (void)absl::SimpleAtoi(part, &partition);
    rd_kafka_topic_partition_list_add(list, definition_.topic.c_str(), partition)->offset =
        static_cast<int64_t>(place);
  }
  const rd_kafka_resp_err_t error = rd_kafka_assign(client_.get(), list);
  rd_kafka_topic_partition_list_destroy(list);
  return error == RD_KAFKA_RESP_ERR_NO_ERROR ? absl::OkStatus()
                                             : ErrorOf("partitions cannot be assigned", error);
}

absl::Status KafkaSource::Open(MessagePlaces* places) {
  RETURN_IF_ERROR(Connect());
  ASSIGN_OR_RETURN(const std::vector<int32_t> partitions, ReadPartitions());
  for (const int32_t partition : partitions) {
    const auto [known, is_new] = places->by_part.emplace(std::to_string(partition), 0);
    RETURN_IF_ERROR(CheckPartition(partition, is_new, &known->second));
  }
  places_ = places->by_part;
  partitions_read_ = SteadyNow();
  return Assign(places_);
}

absl::StatusOr<std::vector<StreamMessage>> KafkaSource::Read(absl::Duration wait) {
  std::vector<StreamMessage> messages = std::exchange(lost_, {});
  if (!messages.empty()) return messages;
  if (SteadyNow() - partitions_read_ > kPartitionsInterval) {
    ASSIGN_OR_RETURN(const std::vector<int32_t> partitions, ReadPartitions());
    partitions_read_ = SteadyNow();
    if (partitions.size() != places_.size()) {
      return absl::UnavailableError("the topic has new partitions: it is opened again");
    }
  }
  size_t bytes = 0;
  while (messages.size() < limits::kImportBatchDocuments && bytes < limits::kImportBatchBytes &&
         !*stop_) {
    const std::unique_ptr<rd_kafka_message_t, Destroy> raw(
        rd_kafka_consumer_poll(client_.get(), static_cast<int>(absl::ToInt64Milliseconds(wait))));
    if (raw == nullptr) break;
    wait = absl::ZeroDuration();
    if (raw->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) continue;
    if (raw->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      // What came before the error is written first; the error comes again.
      if (!messages.empty()) break;
      return ErrorOf("the topic cannot be read", raw->err);
    }
    StreamMessage message{.part = std::to_string(raw->partition),
                          .place = static_cast<uint64_t>(raw->offset) + 1};
    if (raw->key != nullptr) {
      message.key = std::string(static_cast<const char*>(raw->key), raw->key_len);
    }
    if (raw->payload != nullptr) {
      message.payload = std::string(static_cast<const char*>(raw->payload), raw->len);
    }
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    message.time = std::max<int64_t>(rd_kafka_message_timestamp(raw.get(), &type), 0) * 1000;
    bytes += raw->len + raw->key_len;
    places_[message.part] = message.place;
    messages.push_back(std::move(message));
  }
  return messages;
}

absl::StatusOr<uint64_t> KafkaSource::ReadLag() {
  uint64_t lag = 0;
  for (const auto& [part, place] : places_) {
    int64_t low = 0, high = 0;
    int32_t partition = 0;
    (void)absl::SimpleAtoi(part, &partition);
    // What the last answer of the broker said; unknown before the first one.
    (void)rd_kafka_get_watermark_offsets(client_.get(), definition_.topic.c_str(), partition, &low,
                                         &high);
    const auto end = static_cast<uint64_t>(std::max<int64_t>(high, 0));
    lag += end - std::min(end, place);
  }
  return lag;
}

}  // namespace aisle
