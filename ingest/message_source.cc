// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/message_source.h"

#include "ingest/file_source.h"
#include "ingest/kafka_source.h"
#include "ingest/nats_source.h"

namespace aisle {

std::string MessagePlaces::ToText() const {
  Json::Object parts;
  for (const auto& [part, place] : by_part) {
    parts.emplace_back(part, Json(static_cast<int64_t>(place)));
  }
  return Json(Json::Object{{"stream", stream}, {"places", std::move(parts)}}).Dump();
}

absl::StatusOr<MessagePlaces> MessagePlaces::FromText(std::string_view text) {
  MessagePlaces places;
  if (text.empty()) return places;
  ASSIGN_OR_RETURN(const Json json, ParseJson(text));
  const Json* stream = json.Find("stream");
  const Json* parts = json.Find("places");
  if (stream == nullptr || !stream->is_string() || parts == nullptr || !parts->is_object()) {
    return DataLoss("the progress of a feed cannot be read");
  }
  places.stream = stream->as_string();
  for (const auto& [part, place] : parts->as_object()) {
    if (!place.is_int() || place.as_int() < 0) {
      return DataLoss("the progress of a feed cannot be read");
    }
    places.by_part[part] = static_cast<uint64_t>(place.as_int());
  }
  return places;
}

std::unique_ptr<MessageSource> MessageSource::Of(const MessageDefinition& definition,
                                                 const std::atomic<bool>* stop) {
  switch (definition.kind) {
    case MessageDefinition::Kind::kNats:
      return std::make_unique<NatsSource>(definition, stop);
    case MessageDefinition::Kind::kKafka:
      return std::make_unique<KafkaSource>(definition, stop);
    default:
      return std::make_unique<FileSource>(definition, stop);
  }
}

}  // namespace aisle
