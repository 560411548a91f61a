// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/message_definition.h"

#include <absl/strings/match.h>

namespace aisle {
namespace {

using Kind = MessageDefinition::Kind;

void ReadFormat(Kind kind, DefinitionMembers* members, MessageFormat* format) {
  const std::string envelope = members->Text("format", "events");
  if (envelope == "debezium") {
    format->envelope = MessageFormat::Envelope::kDebezium;
  } else if (envelope != "events") {
    members->Complain("format", fmt::format("is `{}`: allowed are events and debezium", envelope));
  }
  const bool is_debezium = format->envelope == MessageFormat::Envelope::kDebezium;
  // Files have no order among each other.
  const bool can_order = kind != Kind::kFiles;
  const std::string versions = members->Text("versions", is_debezium ? "place" : "event");
  format->is_versioned_by_place = versions == "place";
  if (versions != "place" && versions != "event") {
    members->Complain("versions", fmt::format("is `{}`: allowed are event and place", versions));
  } else if (format->is_versioned_by_place && !can_order) {
    members->Complain("versions", "must be event: lines of several files have no order");
  } else if (!format->is_versioned_by_place && is_debezium) {
    members->Complain("versions", "must be place: envelopes of Debezium have no version");
  }
  format->id_field = members->Text("id_field", "id");
}

// "nats://user:password@host" without the password.
std::string WithoutUrlPassword(std::string url) {
  const size_t at = url.rfind('@'), scheme = url.find("://");
  if (at == std::string::npos) return url;
  const size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
  const size_t colon = url.find(':', begin);
  if (colon == std::string::npos || colon > at) return url.replace(begin, at - begin, "***");
  return url.replace(colon + 1, at - colon - 1, "***");
}

bool IsSecret(std::string_view setting) {
  const absl::string_view name(setting.data(), setting.size());
  return absl::StrContains(name, "password") || absl::StrContains(name, "secret") ||
         absl::StrContains(name, "key.pem") || absl::StrContains(name, "jaas");
}

void ReadKafka(DefinitionMembers* members, MessageDefinition* definition) {
  definition->connection =
      members->NeededText("connection", "brokers, such as \"kafka1:9092,kafka2:9092\"");
  definition->topic = members->NeededText("topic", "the topic to read");
  const Json* settings = members->Find("settings");
  if (settings == nullptr) return;
  if (!settings->is_object())
    members->Complain("settings", "must be an object of librdkafka's settings");
  for (const auto& [name, value] : settings->is_object() ? settings->as_object() : Json::Object()) {
    if (value.is_string()) {
      definition->settings.emplace_back(name, value.as_string());
    } else {
      members->Complain("settings." + name, "must be a string");
    }
  }
}

}  // namespace

MessageDefinition ReadMessages(Kind kind, const std::string& feed, DefinitionMembers* members) {
  MessageDefinition definition{.kind = kind, .name = feed};
  switch (kind) {
    case Kind::kNats:
      definition.connection =
          members->NeededText("connection", "such as \"nats://127.0.0.1:4222\"");
      definition.stream = members->NeededText("stream", "the JetStream stream to read");
      definition.subject = members->Text("subject");
      definition.credentials = members->Text("credentials");
      break;
    case Kind::kKafka:
      ReadKafka(members, &definition);
      break;
    case Kind::kFiles:
      definition.directory = members->NeededText("directory", "where the files are");
      definition.pattern = members->Text("pattern", "*.jsonl*");
      break;
  }
  ReadFormat(kind, members, &definition.format);
  return definition;
}

void DescribeMessages(const MessageDefinition& definition, Json* json) {
  if (!definition.connection.empty()) {
    json->Set("connection", WithoutUrlPassword(definition.connection));
  }
  if (definition.settings.empty()) return;
  Json::Object settings;
  for (const auto& [name, value] : definition.settings) {
    settings.emplace_back(name, IsSecret(name) ? Json("***") : Json(value));
  }
  json->Set("settings", Json(std::move(settings)));
}

}  // namespace aisle
