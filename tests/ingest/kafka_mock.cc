// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Kafka of its own for tests: the mock cluster of librdkafka, which speaks Kafka's protocol on a
// loopback port. Prints its address, then answers each line of the input, a JSON object:
//   [{"partition": 0, "key": "7", "payload": "..."}]   sends messages; payload null: a tombstone
//   [{"partition": 0, "key": "7", "hex": "7b7d"}]      the same for bytes that are no text
//   {"down": true}                                     the broker is away, or back
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <cstdio>
#include <iostream>
#include <string>

#include <absl/strings/escaping.h>

#include "core/json.h"

namespace aisle {
namespace {

constexpr char kTopic[] = "products";
constexpr int kPartitions = 3;

rd_kafka_t* NewClient(const char* brokers) {
  char error[512] = "";
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  if (brokers != nullptr) {
    rd_kafka_conf_set(conf, "bootstrap.servers", brokers, error, sizeof(error));
  }
  rd_kafka_conf_set(conf, "linger.ms", "0", error, sizeof(error));
  rd_kafka_conf_set(conf, "message.max.bytes", "200000000", error, sizeof(error));
  rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t*, int, const char*, const char*) {});
  return rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof(error));
}

bool Send(rd_kafka_t* producer, const Json& message) {
  const Json* key = message.Find("key");
  const Json* payload = message.Find("payload");
  const std::string key_text = key != nullptr && key->is_string() ? key->as_string() : "";
  const Json* hex = message.Find("hex");
  const bool has_payload = hex != nullptr || (payload != nullptr && payload->is_string());
  const std::string text = hex != nullptr ? absl::HexStringToBytes(hex->as_string())
                           : has_payload  ? payload->as_string()
                                          : std::string();
  const auto error = rd_kafka_producev(
      producer, RD_KAFKA_V_TOPIC(kTopic),
      RD_KAFKA_V_PARTITION(static_cast<int32_t>(message.Find("partition")->as_int())),
      RD_KAFKA_V_KEY(key_text.data(), key_text.size()),
      RD_KAFKA_V_VALUE(has_payload ? const_cast<char*>(text.data()) : nullptr, text.size()),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
  return error == RD_KAFKA_RESP_ERR_NO_ERROR;
}

bool SendAll(rd_kafka_t* producer, const Json& messages) {
  for (const Json& message : messages.as_array()) {
    if (!Send(producer, message)) return false;
  }
  return rd_kafka_flush(producer, 10'000) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

int Run() {
  rd_kafka_t* owner = NewClient(nullptr);
  rd_kafka_mock_cluster_t* cluster = rd_kafka_mock_cluster_new(owner, 1);
  rd_kafka_mock_topic_create(cluster, kTopic, kPartitions, 1);
  std::cout << rd_kafka_mock_cluster_bootstraps(cluster) << std::endl;
  rd_kafka_t* producer = NewClient(rd_kafka_mock_cluster_bootstraps(cluster));
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto message = ParseJson(line);
    bool is_done = message.ok();
    if (is_done && message->is_object() && message->Find("down") != nullptr) {
      const bool is_down = message->Find("down")->as_bool();
      is_done = (is_down ? rd_kafka_mock_broker_set_down(cluster, 1)
                         : rd_kafka_mock_broker_set_up(cluster, 1)) == RD_KAFKA_RESP_ERR_NO_ERROR;
    } else if (is_done) {
      is_done = message->is_array() && SendAll(producer, *message);
    }
    std::cout << (is_done ? "done" : "failed") << std::endl;
  }
  rd_kafka_destroy(producer);
  rd_kafka_mock_cluster_destroy(cluster);
  rd_kafka_destroy(owner);
  return 0;
}

}  // namespace
}  // namespace aisle

int main() { return aisle::Run(); }
