// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed_writer.h"

#include <algorithm>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include "core/document.h"
#include "core/limits.h"
#include "core/steady_clock.h"

namespace aisle {
namespace {

constexpr absl::Duration kTombstoneInterval = absl::Minutes(10);

// The document of an event, with the event's id.
absl::StatusOr<Json> DocumentOf(const FeedEvent& event) {
  RETURN_IF_ERROR(event.error);
  Json document(Json::Object{{"id", Json(event.id)}});
  RETURN_IF_ERROR(DocumentId(document).status());
  if (event.operation == FeedEvent::Operation::kDelete) return document;
  if (event.payload.size() > limits::kDocumentBytesMax) {
    return absl::OutOfRangeError(fmt::format("the document has {} bytes: allowed are at most {}",
                                             event.payload.size(), limits::kDocumentBytesMax));
  }
  ASSIGN_OR_RETURN(document, ParseJson(event.payload));
  if (!document.is_object()) {
    return InvalidArgument("the document is {}: it must be a JSON object", document.TypeName());
  }
  const Json* id = document.Find("id");
  if (id == nullptr) {
    document.Set("id", event.id);
  } else if (*id != Json(event.id)) {
    return InvalidArgument("the document's id is {}, the event's \"{}\"", id->Dump(), event.id);
  }
  return document;
}

WriteAction ActionOf(FeedEvent::Operation operation) {
  switch (operation) {
    case FeedEvent::Operation::kUpdate:
      return WriteAction::kUpdate;
    case FeedEvent::Operation::kDelete:
      return WriteAction::kDelete;
    default:
      return WriteAction::kUpsert;
  }
}

bool IsWhole(const FeedEvent& event) { return event.operation != FeedEvent::Operation::kUpdate; }

}  // namespace

// Events that are written in one transaction.
struct FeedWriter::Step {
  std::vector<const FeedEvent*> events;
  std::vector<size_t> places;  // of the events in the call
  std::string progress;
  Urgency urgency = Urgency::kDelta;
};

absl::Status FeedWriter::ReadDeadLetters() {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, store_->ReadDeadLetterIds(options_.feed));
  absl::MutexLock lock(&ids_mutex_);
  dead_letter_ids_ = {ids.begin(), ids.end()};
  dead_letters_ = ids.size();
  return absl::OkStatus();
}

bool FeedWriter::HasDeadLetter(std::string_view id) const {
  if (dead_letters_ == 0) return false;
  absl::MutexLock lock(&ids_mutex_);
  return dead_letter_ids_.contains(absl::string_view(id.data(), id.size()));
}

std::string FeedWriter::WhyBlocked() const {
  return fmt::format(
      "the feed `{}` stands still: it has {} dead letters and `dead_letters_max` is {}; repair "
      "their cause, then replay or drop them",
      options_.feed, dead_letters_.load(), options_.dead_letters_max);
}

// Within one call too: of two events about one document the one with the lower version is older,
// wherever it stands.
absl::Status FeedWriter::Guard(const std::vector<FeedEvent>& events,
                               std::vector<absl::Status>* by_event) {
  std::vector<std::string> ids;
  for (const FeedEvent& event : events) ids.push_back(event.id);
  ASSIGN_OR_RETURN(auto versions, store_->ReadVersions(options_.feed, ids));
  for (size_t i = 0; i < events.size(); ++i) {
    if (!events[i].error.ok()) continue;
    DocumentVersion& newest = versions[events[i].id];
    if (!newest.id.empty() && events[i].position <= newest.version) {
      (*by_event)[i] =
          AlreadyExists("version {} is not newer than version {}{}", events[i].position,
                        newest.version, newest.is_deleted ? ", which deleted the document" : "");
      ++statistics_->stale;
      continue;
    }
    newest = {.id = events[i].id, .version = events[i].position, .is_deleted = false};
  }
  return absl::OkStatus();
}

absl::Status FeedWriter::DropOldTombstones() {
  if (SteadyNow() - tombstones_dropped_ < kTombstoneInterval) return absl::OkStatus();
  tombstones_dropped_ = SteadyNow();
  const auto kept = static_cast<int64_t>(options_.tombstone_seconds);
  return store_->DropTombstones(options_.feed, absl::ToUnixSeconds(absl::Now()) - kept);
}

absl::StatusOr<FeedWriter::Outcome> FeedWriter::Write(std::vector<FeedEvent> events,
                                                      std::string progress, const Mode& mode) {
  if (IsBlocked() && !mode.is_replay) return ResourceExhausted("{}", WhyBlocked());
  absl::MutexLock lock(&mutex_);
  Outcome outcome;
  outcome.by_event.resize(events.size());
  if (options_.is_versioned) {
    RETURN_IF_ERROR(DropOldTombstones());
    RETURN_IF_ERROR(Guard(events, &outcome.by_event));
  }
  // From the last event to the first: what a later whole version replaces need not be written.
  absl::flat_hash_set<std::string_view> replaced;
  std::vector<size_t> places;
  for (size_t i = events.size(); i-- > 0;) {
    if (!outcome.by_event[i].ok() || replaced.contains(events[i].id)) continue;
    if (events[i].error.ok() && IsWhole(events[i])) replaced.insert(events[i].id);
    places.push_back(i);
  }
  std::reverse(places.begin(), places.end());
  Step step{.urgency = mode.urgency};
  size_t bytes = 0;
  for (const size_t place : places) {
    const bool is_full = step.events.size() >= limits::kImportBatchDocuments ||
                         bytes + events[place].payload.size() > limits::kImportBatchBytes;
    if (is_full && !step.events.empty()) {
      RETURN_IF_ERROR(WriteStep(&step, &outcome));
      step = {.urgency = mode.urgency};
      bytes = 0;
    }
    step.events.push_back(&events[place]);
    step.places.push_back(place);
    bytes += events[place].payload.size();
  }
  step.progress = std::move(progress);
  if (!step.events.empty() || !step.progress.empty()) RETURN_IF_ERROR(WriteStep(&step, &outcome));
  return outcome;
}

absl::Status FeedWriter::WriteStep(Step* step, Outcome* outcome) {
  std::vector<ChangeEvent> changes;
  changes.reserve(step->events.size());
  for (const FeedEvent* event : step->events) {
    changes.push_back({ActionOf(event->operation), DocumentOf(*event), false});
  }
  FeedCommit commit;
  RETURN_IF_ERROR(applier_
                      ->Apply(std::move(changes), {.urgency = step->urgency,
                                                   .commit_of =
                                                       [&](const Applier::Results& results) {
                                                         commit = CommitOf(*step, results, outcome);
                                                         return commit;
                                                       }})
                      .status());
  Count(*step, commit, *outcome);
  const bool is_same = commit.settled.empty() && commit.dead_letters.empty();
  return is_same ? absl::OkStatus() : ReadDeadLetters();
}

FeedCommit FeedWriter::CommitOf(const Step& step, const Applier::Results& results,
                                Outcome* outcome) const {
  FeedCommit commit{.feed = options_.feed, .progress = step.progress};
  for (size_t i = 0; i < step.events.size(); ++i) {
    const FeedEvent& event = *step.events[i];
    absl::Status status = results[i].status();
    const bool is_missing = absl::IsNotFound(status) && event.error.ok();
    // What is to be deleted may never have come.
    if (is_missing && event.operation == FeedEvent::Operation::kDelete) status = absl::OkStatus();
    // What failed again is a new dead letter in the place of the old one.
    if (!event.id.empty() && IsWhole(event) && HasDeadLetter(event.id)) {
      commit.settled.push_back({event.id, event.position});
    }
    outcome->by_event[step.places[i]] = status;
    if (is_missing && !status.ok() && options_.reports_missing) {
      outcome->missing_ids.push_back(event.id);
      outcome->by_event[step.places[i]] = absl::OkStatus();
    } else if (!status.ok()) {
      commit.dead_letters.push_back(
          {.position = event.position,
           .id = event.id,
           .reason = std::string(Message(status)),
           .payload = (event.original.empty() ? event.payload : event.original)
                          .substr(0, limits::kDeadLetterPayloadBytesMax)});
    } else if (options_.is_versioned) {
      commit.versions.push_back({.id = event.id,
                                 .version = event.position,
                                 .is_deleted = event.operation == FeedEvent::Operation::kDelete});
    }
  }
  return commit;
}

void FeedWriter::Count(const Step& step, const FeedCommit& commit, const Outcome& outcome) {
  for (size_t i = 0; i < step.events.size(); ++i) {
    if (!outcome.by_event[step.places[i]].ok()) continue;
    const bool deletes = step.events[i]->operation == FeedEvent::Operation::kDelete;
    ++(deletes ? statistics_->deleted : statistics_->written);
  }
  statistics_->dead_letters += commit.dead_letters.size();
}

}  // namespace aisle
