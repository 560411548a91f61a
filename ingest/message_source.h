// SPDX-License-Identifier: GPL-3.0-or-later
//
// MessageSource: a stream of messages as a feed sees it, whichever it is: it can be read from any
// place on. One file for each kind implements it (nats_source.h, kafka_source.h, file_source.h).
//
// Not thread safe: used by one thread. After an error it is to be destroyed. Unavailable is worth
// another attempt.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/time/time.h>

#include "core/status.h"
#include "ingest/message_definition.h"
#include "ingest/row_change.h"

namespace aisle {

// How far a stream was read.
struct MessagePlaces {
  // Which stream it is, if that can be told; empty: it was not read yet, or cannot be told.
  std::string stream;
  // By part (a partition, a file): everything up to here is in the collection. What a place counts
  // is the source's affair: messages or bytes.
  std::map<std::string, uint64_t> by_part;

  std::string ToText() const;
  // Empty text: a feed that has not begun.
  static absl::StatusOr<MessagePlaces> FromText(std::string_view text);
};

struct StreamMessage {
  std::string part;
  uint64_t place = 0;  // its end
  std::optional<std::string> key;
  std::optional<std::string> payload;
  UnixMicros time = 0;  // when it was sent; 0: not known
  // Not OK: this stands for messages that cannot be had, and what happened to them.
  absl::Status error;
};

class MessageSource {
 public:
  // By the kind of definition. `definition` and `stop` must outlive the source; calls end soon
  // after `stop` is set.
  static std::unique_ptr<MessageSource> Of(const MessageDefinition& definition,
                                           const std::atomic<bool>* stop);
  virtual ~MessageSource() = default;

  // Connects. Reading begins behind `places`, which become those of the stream that is there.
  // FailedPrecondition if that is another one, or is wrongly configured.
  virtual absl::Status Open(MessagePlaces* places) = 0;
  // The next messages, after at most `wait` if there are none; those of a part in its order.
  virtual absl::StatusOr<std::vector<StreamMessage>> Read(absl::Duration wait) = 0;
  // All that was read is durable here.
  virtual absl::Status Acknowledge() { return absl::OkStatus(); }
  // What is not read yet: messages, or bytes of files.
  virtual absl::StatusOr<uint64_t> ReadLag() = 0;
  // Removes what the feed has made in its source.
  virtual absl::Status Retire() { return absl::OkStatus(); }
};

}  // namespace aisle
