// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/message_feed.h"

#include <algorithm>
#include <utility>

#include "core/steady_clock.h"
#include "ingest/change_batch.h"

namespace aisle {
namespace {

constexpr absl::Duration kQuiet = absl::Milliseconds(200);
constexpr absl::Duration kLagInterval = absl::Seconds(2);
constexpr size_t kShownParts = 100;
constexpr size_t kPositionParts = 3;  // in one line

}  // namespace

absl::StatusOr<std::unique_ptr<Feed>> MessageFeed::Open(FeedDefinition definition,
                                                        const StoredFeed& stored,
                                                        const FeedTarget& target) {
  ASSIGN_OR_RETURN(MessagePlaces places, MessagePlaces::FromText(stored.progress));
  return std::unique_ptr<Feed>(
      new MessageFeed(std::move(definition), stored.is_paused, target, std::move(places)));
}

absl::Status MessageFeed::Check(const MessageDefinition& definition) {
  const std::atomic<bool> never = false;
  MessagePlaces places;
  return MessageSource::Of(definition, &never)->Open(&places);
}

MessageFeed::MessageFeed(FeedDefinition definition, bool is_paused, const FeedTarget& target,
                         MessagePlaces places)
    : ThreadedFeed(definition, is_paused, target,
                   {.feed = definition.name,
                    .is_versioned = true,
                    .dead_letters_max = definition.dead_letters_max,
                    .tombstone_seconds = definition.tombstone_seconds}),
      places_(std::move(places)),
      shown_(places_) {}

MessageFeed::~MessageFeed() { StopThread(); }

absl::Status MessageFeed::Work() {
  const std::unique_ptr<MessageSource> stream = MessageSource::Of(source(), &stopping());
  MessagePlaces next = places_;
  RETURN_IF_ERROR(stream->Open(&next));
  places_ = next;
  ++statistics_.connections;
  absl::Time lag_read = absl::InfinitePast();
  while (!stopping() && !is_paused()) {
    SetState("running");
    ASSIGN_OR_RETURN(const std::vector<StreamMessage> messages, stream->Read(kQuiet));
    if (!messages.empty()) {
      RETURN_IF_ERROR(Apply(messages));
      RETURN_IF_ERROR(stream->Acknowledge());
    }
    if (SteadyNow() - lag_read < kLagInterval) continue;
    ASSIGN_OR_RETURN(const uint64_t lag, stream->ReadLag());
    lag_read = SteadyNow();
    Show(lag, 0);
  }
  return absl::OkStatus();
}

absl::Status MessageFeed::Apply(const std::vector<StreamMessage>& messages) {
  statistics_.changes += messages.size();
  MessagePlaces next = places_;
  std::vector<FeedEvent> events;
  events.reserve(messages.size());
  for (const StreamMessage& message : messages) {
    next.by_part[message.part] = message.place;
    FeedEvent event{.position = message.place, .error = message.error};
    event.original = message.payload.value_or("");
    if (message.error.ok()) {
      event = source().format.Parse(
          {.key = message.key, .payload = message.payload, .place = message.place});
    }
    events.push_back(std::move(event));
  }
  {
    absl::MutexLock lock(&mutex_);
    oldest_pending_ = messages.front().time;
    lag_ = std::max<uint64_t>(lag_, 1);
  }
  RETURN_IF_ERROR(writer_.Write(std::move(events), next.ToText()).status());
  places_ = std::move(next);
  ++statistics_.transactions;
  const UnixMicros now = NowMicros();
  for (const StreamMessage& message : messages) {
    if (message.time != 0) statistics_.NoteFreshness(absl::Microseconds(now - message.time));
  }
  Show(0, 0);
  return absl::OkStatus();
}

void MessageFeed::Show(uint64_t lag, UnixMicros oldest_pending) {
  absl::MutexLock lock(&mutex_);
  shown_ = places_;
  lag_ = lag;
  oldest_pending_ = oldest_pending;
}

absl::StatusOr<uint64_t> MessageFeed::Replay(std::vector<DeadLetter> letters) {
  return ReplayEvents(letters, [this](const DeadLetter& letter) {
    MessageBody body{.place = letter.position};
    if (!letter.payload.empty()) body.payload = letter.payload;
    if (!letter.id.empty()) body.key = letter.id;
    return source().format.Parse(body);
  });
}

absl::Status MessageFeed::Retire() {
  StopThread();
  const std::atomic<bool> never = false;
  return MessageSource::Of(source(), &never)->Retire();
}

void MessageFeed::DescribeSource(Json* json) const {
  absl::MutexLock lock(&mutex_);
  std::string position;
  Json::Object places;
  for (const auto& [part, place] : shown_.by_part) {
    if (places.size() == kShownParts) break;
    places.emplace_back(part, Json(static_cast<int64_t>(place)));
    if (places.size() > kPositionParts) continue;
    const bool is_last = places.size() == kPositionParts && shown_.by_part.size() > kPositionParts;
    position += fmt::format("{}{}:{}{}", position.empty() ? "" : " ",
                            part.substr(0, part.find('#')), place, is_last ? " ..." : "");
  }
  json->Set("position", position);
  json->Set("places", Json(std::move(places)));
  const bool is_files = source().kind == MessageDefinition::Kind::kFiles;
  json->Set(is_files ? "lag_bytes" : "lag_messages", static_cast<int64_t>(lag_));
  json->Set("lag_seconds",
            oldest_pending_ == 0
                ? 0.0
                : std::max(0.0, static_cast<double>(NowMicros() - oldest_pending_) / 1e6));
}

void MessageFeed::AddMetrics(std::vector<FeedMetric>* metrics) const {
  absl::MutexLock lock(&mutex_);
  const bool is_files = source().kind == MessageDefinition::Kind::kFiles;
  metrics->push_back({is_files ? "feed_lag_bytes" : "feed_lag_messages",
                      is_files ? "Of the source's log, not applied yet."
                               : "Messages of the stream that are not applied yet.",
                      "", static_cast<double>(lag_), false});
  metrics->push_back({"feed_lag_seconds", "Age of the oldest change that is not visible.", "",
                      oldest_pending_ == 0
                          ? 0
                          : std::max(0.0, static_cast<double>(NowMicros() - oldest_pending_) / 1e6),
                      false});
}

}  // namespace aisle
