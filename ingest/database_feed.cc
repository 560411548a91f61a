// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/database_feed.h"

#include <algorithm>
#include <future>
#include <span>
#include <utility>

#include <spdlog/spdlog.h>

#include "core/json_path.h"
#include "core/limits.h"

namespace aisle {
namespace {

// How long the thread waits for the stream when it has nothing else to do.
constexpr absl::Duration kQuiet = absl::Milliseconds(200);
constexpr absl::Duration kLogStateInterval = absl::Seconds(2);
// In a pause, in which the server keeps ever more of its log.
constexpr absl::Duration kRestInterval = absl::Seconds(5);
// How often a position that moved without a change of ours becomes durable: the heartbeat by which
// the server may forget its log while other tables change.
constexpr absl::Duration kIdleInterval = absl::Seconds(5);

}  // namespace

absl::StatusOr<std::unique_ptr<Feed>> DatabaseFeed::Open(FeedDefinition definition,
                                                         const StoredFeed& stored,
                                                         const FeedTarget& target) {
  ASSIGN_OR_RETURN(DatabaseProgress progress, DatabaseProgress::FromText(stored.progress));
  return std::unique_ptr<Feed>(
      new DatabaseFeed(std::move(definition), stored.is_paused, target, std::move(progress)));
}

absl::Status DatabaseFeed::Check(const DatabaseDefinition& source) {
  const std::unique_ptr<Database> database = Database::Of(source);
  const std::atomic<bool> never = false;
  ASSIGN_OR_RETURN(const std::unique_ptr<DatabaseSession> session, database->Connect(&never));
  return session->fetcher()->Try();
}

DatabaseFeed::DatabaseFeed(FeedDefinition definition, bool is_paused, const FeedTarget& target,
                           DatabaseProgress progress)
    : ThreadedFeed(definition, is_paused, target,
                   {.feed = definition.name,
                    .reports_missing = true,
                    .dead_letters_max = definition.dead_letters_max}),
      database_(Database::Of(*definition_.database)),
      progress_(std::move(progress)),
      stored_position_(progress_.position) {
  seen_.Reset(progress_.seen_up_to);
  Show([&](Shown* shown) { shown->progress = progress_; });
}

DatabaseFeed::~DatabaseFeed() { StopThread(); }

void DatabaseFeed::Show(const std::function<void(Shown*)>& change) {
  absl::MutexLock lock(&mutex_);
  change(&shown_);
}

absl::StatusOr<std::unique_ptr<DatabaseSession>> DatabaseFeed::Connect() {
  ASSIGN_OR_RETURN(std::unique_ptr<DatabaseSession> session, database_->Connect(&stopping()));
  DatabaseProgress next = progress_;
  const std::string before = next.ToText();
  ASSIGN_OR_RETURN(const std::string loss, session->Adopt(&next));
  if (!loss.empty()) {
    spdlog::error(
        "feed {}: {}. Changes may be missing, so everything is read anew; meanwhile what "
        "is there is served",
        definition_.name, loss);
  }
  if (next.ToText() != before) {
    next.sweeps = next.sweeps || target_.index->snapshot()->live_count > 0;
    RETURN_IF_ERROR(StoreProgress(next));
    seen_.Reset(next.seen_up_to);
    ++statistics_.snapshots;
    Show([&](Shown* shown) { shown->loss = loss; });
  }
  RETURN_IF_ERROR(session->Follow(progress_.position));
  ++statistics_.connections;
  return session;
}

absl::Status DatabaseFeed::Work() {
  ASSIGN_OR_RETURN(const std::unique_ptr<DatabaseSession> session, Connect());
  swept_.reset();
  bool has_more = true;
  while (!stopping() && !is_paused()) {
    RETURN_IF_ERROR(GrantWishes(session.get()));
    const bool takes_snapshot = progress_.phase != DatabaseProgress::Phase::kDone;
    SetState(takes_snapshot ? "snapshot" : "running");
    ASSIGN_OR_RETURN(const ChangeBatch batch,
                     session->Read(has_more ? absl::ZeroDuration() : kQuiet));
    if (batch.empty()) {
      RETURN_IF_ERROR(AdvanceIdle(session.get()));
    } else {
      RETURN_IF_ERROR(ApplyBatch(batch, session.get()));
      RETURN_IF_ERROR(session->Confirm(stored_position_));
    }
    ASSIGN_OR_RETURN(has_more, StepAside(session.get()));
    if (SteadyNow() - log_state_read_ > kLogStateInterval) {
      RETURN_IF_ERROR(ReadLogState(session.get()));
    }
  }
  return absl::OkStatus();
}

absl::Status DatabaseFeed::Rest() {
  if (SteadyNow() - log_state_read_ < kRestInterval) return rest_status_;
  log_state_read_ = SteadyNow();
  const auto session = database_->Connect(&stopping());
  rest_status_ = session.ok() ? ReadLogState(session->get()) : session.status();
  return rest_status_;
}

absl::Status DatabaseFeed::GrantWishes(DatabaseSession* session) {
  Wishes wishes;
  {
    absl::MutexLock lock(&mutex_);
    std::swap(wishes, wishes_);
  }
  if (wishes.verify) {
    comparison_ = std::make_unique<SourceComparison>(target_.index, *wishes.verify);
  }
  if (wishes.resnapshot) {
    DatabaseProgress next = progress_;
    next.Restart(/*with_sweep=*/true);
    RETURN_IF_ERROR(StoreProgress(next));
    swept_.reset();
    ++statistics_.snapshots;
  }
  if (wishes.ids.empty()) return absl::OkStatus();
  return FetchAndWrite(session, std::move(wishes.ids), progress_, {{.is_replay = true}});
}

std::vector<FeedEvent> DatabaseFeed::TakeHot(const PendingChanges& pending,
                                             std::vector<std::string>* ids) {
  const std::shared_ptr<const Snapshot> snapshot = target_.index->snapshot();
  std::vector<FeedEvent> hot;
  for (const auto& [id, document] : pending.documents) {
    const bool can_patch = !document.is_fetched && seen_.IsBefore(id, document.position) &&
                           snapshot->FindId(id).has_value() && !writer_.HasDeadLetter(id);
    if (!can_patch) {
      ids->push_back(id);
      continue;
    }
    Json patch(Json::Object{});
    for (const auto& [field, value] : document.patch) SetAtPath(field, value, &patch);
    hot.push_back({.id = id,
                   .position = document.position,
                   .operation = FeedEvent::Operation::kUpdate,
                   .payload = patch.Dump()});
  }
  return hot;
}

// Hot changes first: they are small and need nothing from the source.
absl::Status DatabaseFeed::ApplyBatch(const ChangeBatch& batch, DatabaseSession* session) {
  statistics_.changes += batch.changes;
  if (!batch.transactions.empty()) {
    Show([&](Shown* shown) { shown->oldest_pending = batch.transactions.front().commit_time; });
  }
  DatabaseProgress next = progress_;
  next.position = std::max(next.position, batch.position);
  next.mark = session->mark();
  if (batch.pending.needs_snapshot) {
    spdlog::warn(
        "feed {}: a table has changed in a way of which the log has no rows, so everything "
        "is read anew",
        definition_.name);
    RETURN_IF_ERROR(session->fetcher()->WaitVisible(batch));
    next.Restart(/*with_sweep=*/true);
    swept_.reset();
    ++statistics_.snapshots;
  }
  std::vector<std::string> ids;
  std::vector<FeedEvent> hot = TakeHot(batch.pending, &ids);
  const bool fetches = !ids.empty() || !batch.pending.lookups.empty();
  if (!hot.empty() || !fetches) {
    const size_t count = hot.size();
    ASSIGN_OR_RETURN(FeedWriter::Outcome outcome,
                     writer_.Write(std::move(hot), fetches ? "" : next.ToText()));
    statistics_.hot += count;
    ids.insert(ids.end(), outcome.missing_ids.begin(), outcome.missing_ids.end());
    NoteVisible(batch, /*with_fetches=*/!fetches);
  }
  if (fetches || !ids.empty()) {
    RETURN_IF_ERROR(session->fetcher()->WaitVisible(batch));
    for (const auto& [table, key] : batch.pending.lookups) {
      ASSIGN_OR_RETURN(auto found, session->fetcher()->LookUp(source().tables[table], key));
      ids.insert(ids.end(), std::make_move_iterator(found.begin()),
                 std::make_move_iterator(found.end()));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    RETURN_IF_ERROR(FetchAndWrite(session, std::move(ids), next, {}));
    ChangeBatch fetched = batch;
    std::erase_if(fetched.transactions, [&](const auto& t) { return fetches && !t.has_fetches; });
    NoteVisible(fetched, /*with_fetches=*/true);
  } else {
    progress_ = next;
  }
  stored_position_ = progress_.position;
  position_stored_ = SteadyNow();
  statistics_.transactions += batch.transactions.size();
  seen_.Forget(progress_.position);
  Show([&](Shown* shown) {
    shown->progress = progress_;
    shown->server_end = session->server_end();
    shown->oldest_pending = 0;
  });
  return absl::OkStatus();
}

void DatabaseFeed::NoteVisible(const ChangeBatch& batch, bool with_fetches) {
  const UnixMicros now = NowMicros();
  for (const ChangeBatch::Transaction& transaction : batch.transactions) {
    if (transaction.has_fetches && !with_fetches) continue;
    statistics_.NoteFreshness(absl::Microseconds(now - transaction.commit_time));
  }
}

absl::Status DatabaseFeed::AdvanceIdle(DatabaseSession* session) {
  const LogPosition idle = session->idle_position();
  if (idle > progress_.position) {
    progress_.position = idle;
    progress_.mark = session->mark();
    seen_.Forget(idle);
  }
  if (progress_.position > stored_position_ && SteadyNow() - position_stored_ > kIdleInterval) {
    RETURN_IF_ERROR(StoreProgress(progress_));
    RETURN_IF_ERROR(session->Confirm(stored_position_));
  }
  Show([&](Shown* shown) {
    shown->progress.position = progress_.position;
    shown->server_end = session->server_end();
  });
  return absl::OkStatus();
}

absl::Status DatabaseFeed::StoreProgress(const DatabaseProgress& next) {
  RETURN_IF_ERROR(target_.store->SetProgress(definition_.name, next.ToText()));
  progress_ = next;
  stored_position_ = next.position;
  position_stored_ = SteadyNow();
  Show([&](Shown* shown) { shown->progress = progress_; });
  return absl::OkStatus();
}

absl::Status DatabaseFeed::ReadLogState(DatabaseSession* session) {
  ASSIGN_OR_RETURN(const DatabaseSession::LogState log, session->ReadLogState(progress_.position));
  log_state_read_ = SteadyNow();
  Show([&](Shown* shown) {
    shown->server_end = std::max(shown->server_end, log.end);
    shown->lag_bytes = log.lag_bytes;
    shown->kept_bytes = log.kept_bytes;
  });
  return absl::OkStatus();
}

// Parts of `ids` are written one after the other; each tells, durably, what it may show. While one
// is written, the source works on the next.
absl::Status DatabaseFeed::FetchAndWrite(DatabaseSession* session, std::vector<std::string> ids,
                                         DatabaseProgress next, const WriteMode& mode) {
  using Result = absl::StatusOr<DocumentFetcher::Result>;
  const auto fetch = [&](size_t begin, std::launch when) {
    const size_t count = std::min(limits::kFetchDocuments, ids.size() - begin);
    return std::async(when, [session, part = std::span(ids).subspan(begin, count)]() -> Result {
      return session->fetcher()->Fetch(part);
    });
  };
  std::future<Result> fetching = fetch(0, std::launch::deferred);
  size_t begin = 0;
  do {
    ASSIGN_OR_RETURN(DocumentFetcher::Result fetched, fetching.get());
    begin = std::min(ids.size(), begin + limits::kFetchDocuments);
    if (begin < ids.size()) fetching = fetch(begin, std::launch::async);
    statistics_.fetched += fetched.documents.size();
    const LogPosition seen = std::max(progress_.seen_up_to, fetched.seen_up_to);
    std::vector<FeedEvent> events;
    for (DocumentFetcher::Fetched& document : fetched.documents) {
      if (mode.only_deletes && (document.document || !document.error.ok())) continue;
      seen_.Note(document.id, seen);
      FeedEvent event{.id = std::move(document.id), .position = fetched.seen_up_to};
      event.error = document.error;
      if (document.document) event.payload = *std::move(document.document);
      if (event.error.ok() && !document.document) event.operation = FeedEvent::Operation::kDelete;
      events.push_back(std::move(event));
    }
    DatabaseProgress written = begin == ids.size() ? next : progress_;
    written.seen_up_to = seen;
    RETURN_IF_ERROR(writer_.Write(std::move(events), written.ToText(), mode).status());
    progress_ = written;
  } while (begin < ids.size());
  stored_position_ = progress_.position;
  return absl::OkStatus();
}

absl::Status DatabaseFeed::Verify(bool repairs) {
  absl::MutexLock lock(&mutex_);
  wishes_.verify = repairs;
  shown_.comparison = Comparison{.repairs = repairs};
  Wake();
  return absl::OkStatus();
}

absl::Status DatabaseFeed::Resnapshot() {
  absl::MutexLock lock(&mutex_);
  wishes_.resnapshot = true;
  Wake();
  return absl::OkStatus();
}

// What they keep may be out of date: the documents are asked for again. A letter stays until then.
absl::StatusOr<uint64_t> DatabaseFeed::Replay(std::vector<DeadLetter> letters) {
  absl::MutexLock lock(&mutex_);
  for (const DeadLetter& letter : letters) wishes_.ids.push_back(letter.id);
  Wake();
  return letters.size();
}

absl::Status DatabaseFeed::Retire() {
  StopThread();
  return database_->Retire();
}

}  // namespace aisle
