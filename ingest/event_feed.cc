// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/event_feed.h"

#include <utility>

#include "core/limits.h"

namespace aisle {
namespace {

constexpr absl::Duration kTombstoneInterval = absl::Minutes(10);

absl::StatusOr<FeedEvent::Operation> OperationOf(const Json* operation) {
  using enum FeedEvent::Operation;
  if (operation == nullptr || *operation == Json("upsert")) return kUpsert;
  if (*operation == Json("update")) return kUpdate;
  if (*operation == Json("delete")) return kDelete;
  return InvalidArgument("`operation` is {}: allowed are upsert, update and delete",
                         operation->Dump().substr(0, 100));
}

absl::Status ReadEvent(std::string_view text, FeedEvent* event) {
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
  if (version == nullptr || !version->is_int() || version->as_int() < 1) {
    return InvalidArgument("`version` is {}: it must be a whole number from 1",
                           version == nullptr ? "missing" : version->Dump().substr(0, 100));
  }
  event->position = static_cast<uint64_t>(version->as_int());
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

}  // namespace

FeedEvent ParseFeedEvent(std::string_view text) {
  FeedEvent event;
  event.error = ReadEvent(text, &event);
  event.original = text;
  return event;
}

EventFeed::EventFeed(FeedDefinition definition, bool is_paused, const FeedTarget& target)
    : Feed(definition, is_paused, target,
           {.feed = definition.name,
            .is_versioned = true,
            .dead_letters_max = definition.dead_letters_max}) {
  SetState("running");
}

absl::StatusOr<std::vector<absl::Status>> EventFeed::Send(std::vector<FeedEvent> events) {
  if (is_paused()) {
    return absl::UnavailableError(
        fmt::format("the feed `{}` is paused: resume it, or send again later", definition_.name));
  }
  statistics_.changes += events.size();
  RETURN_IF_ERROR(DropOldTombstones());
  auto outcome = writer_.Write(std::move(events), "");
  if (!outcome.ok()) {
    ++statistics_.failures;
    SetState("error", Message(outcome.status()));
    return outcome.status();
  }
  SetState("running");
  for (absl::Status& status : outcome->by_event) {
    if (absl::IsAlreadyExists(status)) status = absl::OkStatus();
  }
  return std::move(outcome->by_event);
}

absl::Status EventFeed::DropOldTombstones() {
  absl::MutexLock lock(&mutex_);
  if (absl::Now() - tombstones_dropped_ < kTombstoneInterval) return absl::OkStatus();
  tombstones_dropped_ = absl::Now();
  const int64_t kept = static_cast<int64_t>(definition_.tombstone_seconds);
  return target_.store->DropTombstones(definition_.name, absl::ToUnixSeconds(absl::Now()) - kept);
}

absl::StatusOr<uint64_t> EventFeed::Replay(std::vector<DeadLetter> letters) {
  uint64_t applied = 0;
  for (const DeadLetter& letter : letters) {
    if (letter.payload.size() >= limits::kDeadLetterPayloadBytesMax) {
      return FailedPrecondition("dead letter {} is kept only in part: send its event again",
                                letter.number);
    }
    std::vector<FeedEvent> events = {ParseFeedEvent(letter.payload)};
    ASSIGN_OR_RETURN(const FeedWriter::Outcome outcome,
                     writer_.Write(std::move(events), "", /*is_replay=*/true));
    const bool is_settled =
        outcome.by_event.front().ok() || absl::IsAlreadyExists(outcome.by_event.front());
    if (is_settled) ++applied;
    // One that failed again is a new dead letter.
    const uint64_t numbers[] = {letter.number};
    RETURN_IF_ERROR(DropDeadLetters(numbers).status());
  }
  return applied;
}

}  // namespace aisle
