// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed.h"

#include <spdlog/spdlog.h>

#include "core/limits.h"
#include "ingest/database_feed.h"
#include "ingest/event_feed.h"
#include "ingest/message_feed.h"

namespace aisle {

absl::StatusOr<std::unique_ptr<Feed>> Feed::Open(const StoredFeed& stored,
                                                 const FeedTarget& target) {
  ASSIGN_OR_RETURN(const Json json, ParseJson(stored.definition));
  ASSIGN_OR_RETURN(FeedDefinition definition, FeedDefinition::FromJson(json));
  std::unique_ptr<Feed> feed;
  if (definition.database) {
    ASSIGN_OR_RETURN(feed, DatabaseFeed::Open(std::move(definition), stored, target));
  } else if (definition.messages) {
    ASSIGN_OR_RETURN(feed, MessageFeed::Open(std::move(definition), stored, target));
  } else {
    feed = std::make_unique<EventFeed>(std::move(definition), stored.is_paused, target);
  }
  RETURN_IF_ERROR(feed->writer_.ReadDeadLetters());
  return feed;
}

absl::Status Feed::Check(const FeedDefinition& definition) {
  if (definition.database) return DatabaseFeed::Check(*definition.database);
  if (definition.messages) return MessageFeed::Check(*definition.messages);
  return absl::OkStatus();
}

Feed::Feed(FeedDefinition definition, bool is_paused, const FeedTarget& target,
           const FeedWriter::Options& options)
    : definition_(std::move(definition)),
      target_(target),
      writer_(options, target.applier, target.store, &statistics_),
      is_paused_(is_paused) {}

bool Feed::is_paused() const {
  absl::MutexLock lock(&mutex_);
  return is_paused_;
}

absl::Status Feed::SetPaused(bool is_paused) {
  RETURN_IF_ERROR(target_.store->SetPaused(definition_.name, is_paused));
  {
    absl::MutexLock lock(&mutex_);
    is_paused_ = is_paused;
  }
  OnReleased();
  return absl::OkStatus();
}

void Feed::SetState(std::string_view state, std::string_view reason) {
  absl::MutexLock lock(&mutex_);
  const bool is_error = state == "error" || state == "blocked";
  if (is_error) {
    last_error_ = reason;
    last_error_time_ = absl::Now();
    if (state_ != state || reason_ != reason) {
      spdlog::warn("feed {}: {}", definition_.name, reason);
    }
  } else if (state_ != state) {
    spdlog::info("feed {}: {}{}{}", definition_.name, state, reason.empty() ? "" : ": ", reason);
  }
  state_ = state;
  reason_ = reason;
}

Json Feed::Describe() const {
  Json json = definition_.ToPublicJson();
  {
    absl::MutexLock lock(&mutex_);
    const bool is_blocked = writer_.IsBlocked() && !is_paused_;
    json.Set("state", is_paused_ ? "paused" : is_blocked ? "blocked" : state_);
    if (is_blocked || !reason_.empty()) {
      json.Set("reason", is_blocked ? writer_.WhyBlocked() : reason_);
    }
    if (!last_error_.empty()) {
      json.Set("last_error", last_error_);
      json.Set("last_error_at", absl::ToUnixSeconds(last_error_time_));
    }
  }
  json.Set("dead_letters", static_cast<int64_t>(writer_.dead_letters()));
  json.Set("counters", statistics_.ToJson());
  json.Set("rates", statistics_.Rates());
  json.Set("freshness", statistics_.freshness().ToJson());
  DescribeSource(&json);
  return json;
}

std::vector<FeedMetric> Feed::Metrics() const {
  std::vector<FeedMetric> metrics;
  const auto add = [&](std::string_view name, std::string_view help, double value,
                       bool is_counter) {
    metrics.push_back({name, help, "", value, is_counter});
  };
  const auto count = [&](std::string_view name, std::string_view help, uint64_t value) {
    add(name, help, static_cast<double>(value), true);
  };
  {
    absl::MutexLock lock(&mutex_);
    const bool is_red = state_ == "error" || state_ == "blocked" || writer_.IsBlocked();
    add("feed_up", "1 while the feed works, 0 in an error, blocked or paused.",
        is_red || is_paused_ ? 0 : 1, false);
  }
  add("feed_dead_letters", "Changes that could not be applied.",
      static_cast<double>(writer_.dead_letters()), false);
  count("feed_changes_total", "Changes that came from the source.", statistics_.changes);
  count("feed_documents_written_total", "Documents put, whole or in part.", statistics_.written);
  count("feed_documents_deleted_total", "Documents deleted.", statistics_.deleted);
  count("feed_hot_changes_total", "Changes taken from a row without a fetch.", statistics_.hot);
  count("feed_stale_events_total", "Events older than what was there.", statistics_.stale);
  count("feed_failures_total", "Attempts that ended in an error.", statistics_.failures);
  const FeedStatistics::Freshness freshness = statistics_.freshness();
  uint64_t below = 0;
  for (size_t i = 0; i < FeedStatistics::kBucketSeconds.size(); ++i) {
    below += freshness.buckets[i];
    metrics.push_back({"feed_freshness_seconds_bucket", "From commit to visible.",
                       fmt::format("le=\"{}\"", FeedStatistics::kBucketSeconds[i]),
                       static_cast<double>(below), true});
  }
  metrics.push_back({"feed_freshness_seconds_bucket", "From commit to visible.", "le=\"+Inf\"",
                     static_cast<double>(freshness.count), true});
  add("feed_freshness_seconds_sum", "From commit to visible.", freshness.seconds, true);
  count("feed_freshness_seconds_count", "From commit to visible.", freshness.count);
  AddMetrics(&metrics);
  return metrics;
}

void Feed::DescribeSource(Json* /*json*/) const {}
void Feed::AddMetrics(std::vector<FeedMetric>* /*metrics*/) const {}

absl::StatusOr<std::vector<absl::Status>> Feed::Send(std::vector<FeedEvent> /*events*/) {
  return FailedPrecondition(
      "the feed `{}` reads its changes itself: only feeds of type events take them",
      definition_.name);
}

absl::Status Feed::Verify(bool /*repairs*/) {
  return FailedPrecondition("the feed `{}` has no source to compare with", definition_.name);
}

absl::Status Feed::Resnapshot() {
  return FailedPrecondition("the feed `{}` has no source to read from", definition_.name);
}

absl::StatusOr<uint64_t> Feed::ReplayEvents(
    const std::vector<DeadLetter>& letters,
    const std::function<FeedEvent(const DeadLetter&)>& parse) {
  uint64_t applied = 0;
  for (const DeadLetter& letter : letters) {
    if (letter.payload.size() >= limits::kDeadLetterPayloadBytesMax) {
      return FailedPrecondition("dead letter {} is kept only in part: send its event again",
                                letter.number);
    }
    ASSIGN_OR_RETURN(const FeedWriter::Outcome outcome,
                     writer_.Write({parse(letter)}, "", {.is_replay = true}));
    const bool is_settled =
        outcome.by_event.front().ok() || absl::IsAlreadyExists(outcome.by_event.front());
    if (is_settled) ++applied;
    // One that failed again is a new dead letter.
    const uint64_t numbers[] = {letter.number};
    RETURN_IF_ERROR(DropDeadLetters(numbers).status());
  }
  return applied;
}

absl::StatusOr<std::vector<DeadLetter>> Feed::ReadDeadLetters(uint64_t after, size_t limit) const {
  return target_.store->ReadDeadLetters(definition_.name, after, limit);
}

absl::StatusOr<uint64_t> Feed::DropDeadLetters(std::span<const uint64_t> numbers) {
  ASSIGN_OR_RETURN(const uint64_t dropped,
                   target_.store->DropDeadLetters(definition_.name, numbers));
  RETURN_IF_ERROR(writer_.ReadDeadLetters());
  OnReleased();
  return dropped;
}

}  // namespace aisle
