// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/feeds.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "core/limits.h"
#include "ingest/feed_event.h"

namespace aisle {

absl::StatusOr<std::shared_ptr<Feeds::Entry>> Feeds::Open(const StoredFeed& stored,
                                                          std::shared_ptr<Collection> collection) {
  auto entry = std::make_shared<Entry>();
  const FeedTarget target{.index = &collection->index(),
                          .applier = &collection->applier(),
                          .store = &collection->feed_store()};
  entry->collection = std::move(collection);
  ASSIGN_OR_RETURN(entry->feed, Feed::Open(stored, target));
  return entry;
}

void Feeds::OpenAll(const std::shared_ptr<Collection>& collection) {
  const auto stored = collection->feed_store().Read();
  if (!stored.ok()) {
    spdlog::error("the feeds of a collection cannot be read: {}", Message(stored.status()));
    return;
  }
  for (const StoredFeed& feed : *stored) {
    auto entry = Open(feed, collection);
    if (!entry.ok()) {
      spdlog::error("the feed {} cannot be opened: {}", feed.name, Message(entry.status()));
      continue;
    }
    absl::MutexLock lock(&mutex_);
    feeds_.emplace(feed.name, *entry);
    (*entry)->feed->Start();
  }
}

std::vector<std::string> Feeds::NamesOf(std::string_view collection) const {
  std::vector<std::string> names;
  for (const auto& entry : All()) {
    const FeedDefinition& definition = entry->feed->definition();
    if (definition.collection == collection) names.push_back(definition.name);
  }
  return names;
}

absl::StatusOr<std::shared_ptr<Feeds::Entry>> Feeds::Find(std::string_view name) const {
  absl::MutexLock lock(&mutex_);
  const auto it = feeds_.find(name);
  if (it == feeds_.end()) return NotFound("there is no feed named `{}`", name);
  return it->second;
}

std::vector<std::shared_ptr<Feeds::Entry>> Feeds::All() const {
  absl::MutexLock lock(&mutex_);
  std::vector<std::shared_ptr<Entry>> all;
  for (const auto& [name, entry] : feeds_) all.push_back(entry);
  return all;
}

absl::Status Feeds::CheckIsNew(const FeedDefinition& definition) const {
  const auto all = All();
  if (all.size() >= limits::kFeedsMax) {
    return ResourceExhausted("there are {} feeds already: allowed are {}", all.size(),
                             limits::kFeedsMax);
  }
  for (const auto& entry : all) {
    const FeedDefinition& other = entry->feed->definition();
    if (other.name == definition.name) {
      return AlreadyExists("a feed named `{}` exists already", definition.name);
    }
    if (other.database && definition.database && other.collection == definition.collection) {
      return AlreadyExists("the collection `{}` is filled by the feed `{}` already",
                           definition.collection, other.name);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Json> Feeds::Create(const Json& json) {
  ASSIGN_OR_RETURN(const FeedDefinition definition, FeedDefinition::FromJson(json));
  absl::MutexLock creating(&create_mutex_);
  RETURN_IF_ERROR(CheckIsNew(definition));
  ASSIGN_OR_RETURN(std::shared_ptr<Collection> collection, find_(definition.collection));
  RETURN_IF_ERROR(Feed::Check(definition));
  const StoredFeed stored{.name = definition.name, .definition = json.Dump()};
  ASSIGN_OR_RETURN(std::shared_ptr<Entry> entry, Open(stored, collection));
  RETURN_IF_ERROR(collection->feed_store().Create(stored));
  {
    absl::MutexLock lock(&mutex_);
    feeds_.emplace(definition.name, entry);
  }
  entry->feed->Start();
  return entry->feed->Describe();
}

absl::StatusOr<Json> Feeds::Describe(std::string_view name) const {
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  return entry->feed->Describe();
}

std::vector<Json> Feeds::DescribeAll() const {
  std::vector<Json> all;
  for (const auto& entry : All()) all.push_back(entry->feed->Describe());
  return all;
}

absl::StatusOr<Json> Feeds::SetPaused(std::string_view name, bool is_paused) {
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  RETURN_IF_ERROR(entry->feed->SetPaused(is_paused));
  return entry->feed->Describe();
}

// A crash between the steps leaves the feed as it was: it begins anew, with a snapshot.
absl::StatusOr<Json> Feeds::Delete(std::string_view name) {
  absl::MutexLock deleting(&create_mutex_);
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  {
    absl::MutexLock lock(&mutex_);
    feeds_.erase(std::string(name));
  }
  Json description = entry->feed->Describe();
  const absl::Status left = entry->feed->Retire();
  if (!left.ok()) description.Set("warning", Message(left));
  RETURN_IF_ERROR(entry->collection->feed_store().Delete(name));
  return description;
}

absl::StatusOr<std::vector<absl::Status>> Feeds::Send(std::string_view name,
                                                      std::span<const SentEvent> events) {
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  std::vector<FeedEvent> parsed;
  parsed.reserve(events.size());
  for (const SentEvent& event : events) {
    parsed.push_back(ParseFeedEvent(event.text));
    if (event.bytes <= event.text.size()) continue;
    parsed.back().error = absl::OutOfRangeError(fmt::format(
        "the event has {} bytes: allowed are at most {}", event.bytes, limits::kDocumentBytesMax));
  }
  return entry->feed->Send(std::move(parsed));
}

absl::Status Feeds::Verify(std::string_view name, bool repairs) {
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  return entry->feed->Verify(repairs);
}

absl::Status Feeds::Resnapshot(std::string_view name) {
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  return entry->feed->Resnapshot();
}

absl::StatusOr<std::vector<DeadLetter>> Feeds::ReadDeadLetters(std::string_view name,
                                                               uint64_t after, size_t limit) const {
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  return entry->feed->ReadDeadLetters(after, limit);
}

absl::StatusOr<uint64_t> Feeds::ReplayDeadLetters(std::string_view name,
                                                  std::span<const uint64_t> numbers) {
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  uint64_t replayed = 0;
  // Those that fail again get numbers beyond the last one that was there.
  ASSIGN_OR_RETURN(const uint64_t last, entry->collection->feed_store().LastDeadLetter(name));
  for (uint64_t after = 0; after < last;) {
    ASSIGN_OR_RETURN(std::vector<DeadLetter> letters,
                     entry->feed->ReadDeadLetters(after, limits::kDeadLettersPerAnswerMax));
    if (letters.empty()) break;
    after = letters.back().number;
    std::erase_if(letters, [&](const DeadLetter& letter) {
      const bool is_wanted = numbers.empty() || std::find(numbers.begin(), numbers.end(),
                                                          letter.number) != numbers.end();
      return letter.number > last || !is_wanted;
    });
    if (letters.empty()) continue;
    ASSIGN_OR_RETURN(const uint64_t count, entry->feed->Replay(std::move(letters)));
    replayed += count;
  }
  return replayed;
}

absl::StatusOr<uint64_t> Feeds::DropDeadLetters(std::string_view name,
                                                std::span<const uint64_t> numbers) {
  ASSIGN_OR_RETURN(const auto entry, Find(name));
  return entry->feed->DropDeadLetters(numbers);
}

std::vector<std::pair<std::string, std::vector<FeedMetric>>> Feeds::Metrics() const {
  std::vector<std::pair<std::string, std::vector<FeedMetric>>> metrics;
  for (const auto& entry : All()) {
    metrics.emplace_back(entry->feed->definition().name, entry->feed->Metrics());
  }
  return metrics;
}

}  // namespace aisle
