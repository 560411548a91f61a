// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed_definition.h"

#include <algorithm>

#include <absl/strings/str_join.h>

#include "core/limits.h"
#include "core/schema.h"

namespace aisle {
namespace {

// By the type's name.
constexpr std::pair<FeedType, std::string_view> kTypes[] = {
    {FeedType::kPostgres, "postgresql"}, {FeedType::kMariadb, "mariadb"},
    {FeedType::kNats, "nats"},           {FeedType::kKafka, "kafka"},
    {FeedType::kFiles, "files"},         {FeedType::kEvents, "events"},
};

std::string AllowedTypes() {
  std::string names;
  for (const auto& [type, name] : kTypes) {
    const bool is_last = type == std::rbegin(kTypes)->first;
    names += fmt::format("{}{}", names.empty() ? "" : is_last ? " and " : ", ", name);
  }
  return names;
}

// The members that only feeds of this type have.
void ReadTyped(DefinitionMembers* members, FeedDefinition* definition) {
  const auto read_database = [&](DatabaseDefinition::Kind kind) {
    definition->database = ReadDatabase(kind, definition->name, members);
  };
  const auto read_messages = [&](MessageDefinition::Kind kind) {
    definition->messages = ReadMessages(kind, definition->name, members);
  };
  switch (definition->type) {
    case FeedType::kPostgres:
      return read_database(DatabaseDefinition::Kind::kPostgres);
    case FeedType::kMariadb:
      return read_database(DatabaseDefinition::Kind::kMariadb);
    case FeedType::kNats:
      read_messages(MessageDefinition::Kind::kNats);
      break;
    case FeedType::kKafka:
      read_messages(MessageDefinition::Kind::kKafka);
      break;
    case FeedType::kFiles:
      read_messages(MessageDefinition::Kind::kFiles);
      break;
    case FeedType::kEvents:
      break;
  }
  definition->tombstone_seconds =
      members->Whole("tombstone_seconds", definition->tombstone_seconds);
}

}  // namespace

std::string_view FeedTypeName(FeedType type) {
  return std::find_if(std::begin(kTypes), std::end(kTypes),
                      [type](const auto& known) { return known.first == type; })
      ->second;
}

absl::StatusOr<FeedDefinition> FeedDefinition::FromJson(const Json& json) {
  if (!json.is_object()) {
    return InvalidArgument("a feed must be a JSON object, not {}", json.TypeNameWithArticle());
  }
  if (json.Dump().size() > limits::kFeedDefinitionBytesMax) {
    return InvalidArgument("the feed's definition has more than {} bytes",
                           limits::kFeedDefinitionBytesMax);
  }
  std::vector<std::string> mistakes;
  FeedDefinition definition;
  definition.json = json;
  {
    DefinitionMembers members(json, "", &mistakes);
    definition.name = members.NeededText("name", "letters, digits, '_', '-' and '.'");
    if (const absl::Status status = ValidateName("name", definition.name);
        !definition.name.empty() && !status.ok()) {
      mistakes.emplace_back(Message(status));
    }
    definition.collection = members.NeededText("collection", "the collection that it fills");
    definition.dead_letters_max = members.Whole("dead_letters_max", definition.dead_letters_max);
    const std::string type = members.NeededText("type", "allowed are " + AllowedTypes());
    const auto* known = std::find_if(std::begin(kTypes), std::end(kTypes),
                                     [&](const auto& one) { return one.second == type; });
    if (known != std::end(kTypes)) {
      definition.type = known->first;
      ReadTyped(&members, &definition);
    } else if (!type.empty()) {
      // What its other members mean is not known.
      return InvalidArgument("`type` is `{}`: allowed are {}", type, AllowedTypes());
    }
  }
  if (mistakes.empty()) return definition;
  return InvalidArgument("{}", absl::StrJoin(mistakes, "; "));
}

Json FeedDefinition::ToPublicJson() const {
  Json shown = json;
  if (database) DescribeDatabase(*database, &shown);
  if (messages) DescribeMessages(*messages, &shown);
  return shown;
}

}  // namespace aisle
