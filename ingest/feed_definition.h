// SPDX-License-Identifier: GPL-3.0-or-later
//
// FeedDefinition: what the operator says about a feed, from the JSON of `POST /feeds`
// (docs/feeds.md). A value; immutable once made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/status.h"
#include "ingest/database_definition.h"
#include "ingest/message_definition.h"

namespace aisle {

enum class FeedType { kEvents, kPostgres, kMariadb, kNats, kKafka, kFiles };
std::string_view FeedTypeName(FeedType type);

struct FeedDefinition {
  std::string name;
  std::string collection;
  FeedType type = FeedType::kEvents;
  uint64_t dead_letters_max = 1000;            // from here on the feed stands still
  uint64_t tombstone_seconds = 7 * 24 * 3600;  // of versioned feeds: how late an event may be
  std::optional<DatabaseDefinition> database;  // of kPostgres and kMariadb
  std::optional<MessageDefinition> messages;   // of kNats, kKafka and kFiles
  Json json;                                   // as it came

  // The error lists every mistake with its member.
  static absl::StatusOr<FeedDefinition> FromJson(const Json& json);
  // As it came, without passwords.
  Json ToPublicJson() const;
};

}  // namespace aisle
