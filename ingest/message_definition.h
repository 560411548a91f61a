// SPDX-License-Identifier: GPL-3.0-or-later
//
// MessageDefinition: the part of a feed's definition that is about a stream of messages: where it
// is, and what its messages look like. A value.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "ingest/definition_members.h"
#include "ingest/feed_event.h"

namespace aisle {

struct MessageDefinition {
  enum class Kind { kNats, kKafka, kFiles };
  Kind kind = Kind::kNats;
  std::string name;  // of the feed
  MessageFormat format;

  std::string connection;  // NATS: its URL; Kafka: its brokers, as `bootstrap.servers` has them

  // Of NATS JetStream.
  std::string stream;
  std::string subject;      // of the stream's messages, those; empty: all
  std::string credentials;  // a file; empty: none

  // Of Kafka.
  std::string topic;
  std::vector<std::pair<std::string, std::string>> settings;  // of librdkafka

  // Of files.
  std::string directory;
  std::string pattern;  // of the files' names, as a shell has it
};

// Reads the members; mistakes go into the list of `members`.
MessageDefinition ReadMessages(MessageDefinition::Kind kind, const std::string& feed,
                               DefinitionMembers* members);
// What is shown of it: no password.
void DescribeMessages(const MessageDefinition& definition, Json* json);

}  // namespace aisle
