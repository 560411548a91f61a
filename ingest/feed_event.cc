// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed_event.h"

#include <utility>

namespace aisle {
namespace {

absl::StatusOr<FeedEvent::Operation> OperationOf(const Json* operation) {
  using enum FeedEvent::Operation;
  if (operation == nullptr || *operation == Json("upsert")) return kUpsert;
  if (*operation == Json("update")) return kUpdate;
  if (*operation == Json("delete")) return kDelete;
  return InvalidArgument("`operation` is {}: allowed are upsert, update and delete",
                         operation->Dump().substr(0, 100));
}

absl::Status ReadEvent(std::string_view text, bool needs_version, FeedEvent* event) {
  ASSIGN_OR_RETURN(const Json json, ParseJson(text));
  if (!json.is_object()) {
    return InvalidArgument("the event is {}: it must be an object", json.TypeNameWithArticle());
  }
  const Json* id = json.Find("id");
  if (id == nullptr || !id->is_string()) {
    return InvalidArgument("`id` is {}: it must be a string",
                           id == nullptr ? "missing" : id->Dump().substr(0, 100));
  }
  event->id = id->as_string();
  const Json* version = json.Find("version");
  const bool is_missing = version == nullptr && needs_version;
  if (is_missing || (version != nullptr && (!version->is_int() || version->as_int() < 1))) {
    return InvalidArgument("`version` is {}: it must be a whole number from 1",
                           version == nullptr ? "missing" : version->Dump().substr(0, 100));
  }
  if (needs_version) event->position = static_cast<uint64_t>(version->as_int());
  ASSIGN_OR_RETURN(event->operation, OperationOf(json.Find("operation")));
  for (const auto& [key, value] : json.as_object()) {
    if (key != "id" && key != "version" && key != "operation" && key != "document") {
      return InvalidArgument("`{}` is unknown: allowed are id, version, operation and document",
                             key.substr(0, 100));
    }
  }
  if (event->operation == FeedEvent::Operation::kDelete) return absl::OkStatus();
  const Json* document = json.Find("document");
  if (document == nullptr) return InvalidArgument("`document` is missing");
  event->payload = document->Dump();
  return absl::OkStatus();
}

// Debezium's word for a large value that its database did not send.
constexpr std::string_view kUnavailable = "__debezium_unavailable_value";

// A number or a string, as the id of a document.
absl::StatusOr<std::string> IdOf(const Json* value, std::string_view field) {
  if (value != nullptr && value->is_string() && !value->as_string().empty()) {
    return value->as_string();
  }
  if (value != nullptr && value->is_int()) return value->Dump();
  return InvalidArgument(
      "`{}`, which `id_field` names, is {}: it must be a string or a whole number", field,
      value == nullptr ? "missing" : value->Dump().substr(0, 100));
}

// What is below "payload" where the message brings its schema along.
const Json& WithoutSchema(const Json& json) {
  const Json* payload = json.is_object() ? json.Find("payload") : nullptr;
  return payload != nullptr && json.Find("schema") != nullptr ? *payload : json;
}

// The id that a message's key names: {"id": 7} or "7" or 7, or bytes that are no JSON.
absl::StatusOr<std::string> IdOfKey(std::string_view key, std::string_view field) {
  const auto json = ParseJson(key);
  if (!json.ok()) return std::string(key);
  const Json& body = WithoutSchema(*json);
  return IdOf(body.is_object() ? body.Find(field) : &body, field);
}

absl::Status ReadDebezium(const Json& json, const std::string& id_field, FeedEvent* event) {
  const Json& body = WithoutSchema(json);
  const Json* op = body.is_object() ? body.Find("op") : nullptr;
  if (op == nullptr || !op->is_string()) {
    return InvalidArgument("the message is no envelope of Debezium: it has no `op`");
  }
  const bool is_delete = op->as_string() == "d";
  if (!is_delete && op->as_string() != "c" && op->as_string() != "u" && op->as_string() != "r") {
    return InvalidArgument("`op` is {}: allowed are c, u, r and d", op->Dump());
  }
  const std::string_view name = is_delete ? "before" : "after";
  const Json* row = body.Find(name);
  if (row == nullptr || !row->is_object()) return InvalidArgument("`{}` is no object", name);
  ASSIGN_OR_RETURN(event->id, IdOf(row->Find(id_field), id_field));
  if (is_delete) {
    event->operation = FeedEvent::Operation::kDelete;
    return absl::OkStatus();
  }
  Json::Object document;
  for (const auto& [field, value] : row->as_object()) {
    if (value == Json(kUnavailable)) {
      // What was not sent is as it was: the rest is merged.
      event->operation = FeedEvent::Operation::kUpdate;
    } else if (field != id_field && field != "id") {
      document.emplace_back(field, value);
    }
  }
  event->payload = Json(std::move(document)).Dump();
  return absl::OkStatus();
}

}  // namespace

FeedEvent ParseFeedEvent(std::string_view text) {
  FeedEvent event;
  event.error = ReadEvent(text, /*needs_version=*/true, &event);
  event.original = text;
  return event;
}

FeedEvent MessageFormat::Parse(const MessageBody& message) const {
  FeedEvent event{.position = message.place};
  event.original = message.payload.value_or("");
  if (!message.payload) {
    event.operation = FeedEvent::Operation::kDelete;
    auto id = message.key ? IdOfKey(*message.key, id_field)
                          : absl::StatusOr<std::string>(
                                InvalidArgument("the message has neither a payload nor a key"));
    event.error = id.status();
    if (id.ok()) event.id = *std::move(id);
    if (event.error.ok() && !is_versioned_by_place) {
      event.error = InvalidArgument(
          "a message without payload has no version: set `versions` to \"place\", or send deletes");
    }
  } else if (envelope == Envelope::kDebezium) {
    const auto json = ParseJson(*message.payload);
    event.error = json.ok() ? ReadDebezium(*json, id_field, &event) : json.status();
  } else {
    event.error = ReadEvent(*message.payload, !is_versioned_by_place, &event);
  }
  return event;
}

}  // namespace aisle
