// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/event_feed.h"

#include <utility>

#include "core/steady_clock.h"
#include "ingest/feed_event.h"

namespace aisle {
EventFeed::EventFeed(FeedDefinition definition, bool is_paused, const FeedTarget& target)
    : Feed(definition, is_paused, target,
           {.feed = definition.name,
            .is_versioned = true,
            .dead_letters_max = definition.dead_letters_max,
            .tombstone_seconds = definition.tombstone_seconds}) {
  SetState("running");
}

absl::StatusOr<std::vector<absl::Status>> EventFeed::Send(std::vector<FeedEvent> events) {
  if (is_paused()) {
    return absl::UnavailableError(
        fmt::format("the feed `{}` is paused: resume it, or send again later", definition_.name));
  }
  const size_t count = events.size();
  const absl::Time came = SteadyNow();
  statistics_.changes += count;
  auto outcome = writer_.Write(std::move(events), "");
  if (!outcome.ok()) {
    ++statistics_.failures;
    SetState("error", Message(outcome.status()));
    return outcome.status();
  }
  SetState("running");
  ++statistics_.transactions;
  for (size_t i = 0; i < count; ++i) statistics_.NoteFreshness(SteadyNow() - came);
  for (absl::Status& status : outcome->by_event) {
    if (absl::IsAlreadyExists(status)) status = absl::OkStatus();
  }
  return std::move(outcome->by_event);
}

absl::StatusOr<uint64_t> EventFeed::Replay(std::vector<DeadLetter> letters) {
  return ReplayEvents(letters,
                      [](const DeadLetter& letter) { return ParseFeedEvent(letter.payload); });
}

}  // namespace aisle
