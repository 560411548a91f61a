// SPDX-License-Identifier: GPL-3.0-or-later
//
// From what others send to events: a JSON object for each event, or the envelopes of Debezium.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/feed_writer.h"

namespace aisle {

// An event from its JSON: {"id", "version", "operation": "upsert" (the default), "update" or
// "delete", "document"}. One that is not right has its `error` set.
FeedEvent ParseFeedEvent(std::string_view text);

// A message of a stream, as it came.
struct MessageBody {
  std::optional<std::string_view> key;
  std::optional<std::string_view> payload;  // nullopt: a tombstone, the key's document is gone
  uint64_t place = 0;                       // in the stream, from 1: messages of one id in order
};

struct MessageFormat {
  enum class Envelope {
    kEvents,    // as ParseFeedEvent() takes them
    kDebezium,  // {"before", "after", "op", ...}, bare or below "payload" beside "schema"
  };
  Envelope envelope = Envelope::kEvents;
  // The place in the stream is the version, whatever the message says; else it must say one.
  bool is_versioned_by_place = false;
  std::string id_field = "id";  // of Debezium's rows and keys

  // The event of a message; one that is not right has its `error` set.
  FeedEvent Parse(const MessageBody& message) const;
};

}  // namespace aisle
