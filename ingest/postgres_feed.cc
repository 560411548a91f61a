// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/postgres_feed.h"

#include <algorithm>
#include <utility>

#include <absl/time/clock.h>
#include <spdlog/spdlog.h>

#include "core/limits.h"
#include "ingest/publication.h"
#include "ingest/replication_slot.h"

namespace aisle {
namespace {

// How long the thread waits for the stream when it has nothing else to do.
constexpr absl::Duration kQuiet = absl::Milliseconds(200);
constexpr absl::Duration kSlotInterval = absl::Seconds(2);
// How often a position that moved without a change of ours becomes durable: the heartbeat by which
// the server may forget its log while other tables change.
constexpr absl::Duration kIdleInterval = absl::Seconds(5);
constexpr absl::Duration kRetryMin = absl::Milliseconds(200);
constexpr absl::Duration kRetryMax = absl::Seconds(10);

}  // namespace

absl::StatusOr<std::unique_ptr<Feed>> PostgresFeed::Open(FeedDefinition definition,
                                                         const StoredFeed& stored,
                                                         const FeedTarget& target) {
  ASSIGN_OR_RETURN(PostgresProgress progress, PostgresProgress::FromText(stored.progress));
  return std::unique_ptr<Feed>(
      new PostgresFeed(std::move(definition), stored.is_paused, target, std::move(progress)));
}

absl::Status PostgresFeed::Check(const PostgresSource& source) {
  ASSIGN_OR_RETURN(PostgresConnection connection,
                   PostgresConnection::Connect({.connection = source.connection}));
  RETURN_IF_ERROR(CheckSource(source, &connection));
  DocumentFetcher fetcher(&source, &connection);
  // Tells whether the queries are right; whether these ids exist does not matter.
  const std::string ids[] = {"0"};
  RETURN_IF_ERROR(WithContext(fetcher.Fetch(ids).status(), "`documents`"));
  for (const TableMapping& table : source.tables) {
    if (table.ids_query.empty()) continue;
    const absl::Status status = fetcher.LookUp(table, "0").status();
    if (absl::IsInvalidArgument(status)) continue;  // of the key 0 alone
    RETURN_IF_ERROR(WithContext(status, fmt::format("`tables.{}.ids`", table.FullName())));
  }
  return absl::OkStatus();
}

PostgresFeed::PostgresFeed(FeedDefinition definition, bool is_paused, const FeedTarget& target,
                           PostgresProgress progress)
    : Feed(definition, is_paused, target,
           {.feed = definition.name,
            .reports_missing = true,
            .dead_letters_max = definition.dead_letters_max}),
      progress_(std::move(progress)),
      stored_position_(progress_.position) {
  seen_.Reset(progress_.seen_up_to);
  Show([&](Shown* shown) { shown->progress = progress_; });
}

PostgresFeed::~PostgresFeed() { StopThread(); }

void PostgresFeed::Start() {
  thread_ = std::thread([this] { Run(); });
}

void PostgresFeed::StopThread() {
  stop_ = true;
  OnPausedChanged();
  if (thread_.joinable()) thread_.join();
}

void PostgresFeed::OnPausedChanged() {
  absl::MutexLock lock(&mutex_);
  is_woken_ = true;
}

void PostgresFeed::SleepFor(absl::Duration duration) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&is_woken_), duration);
  is_woken_ = false;
}

void PostgresFeed::Show(const std::function<void(Shown*)>& change) {
  absl::MutexLock lock(&mutex_);
  change(&shown_);
}

void PostgresFeed::Run() {
  absl::Duration retry = kRetryMin;
  while (!stop_) {
    if (is_paused()) {
      SetState("paused");
      SleepFor(absl::Seconds(1));
      continue;
    }
    const uint64_t changes = statistics_.transactions;
    const absl::Status status = Work();
    if (stop_) return;
    if (status.ok()) continue;
    ++statistics_.failures;
    SetState(writer_.IsBlocked() ? "blocked" : "error", Message(status));
    if (statistics_.transactions > changes) retry = kRetryMin;
    SleepFor(retry);
    retry = std::min(retry * 2, kRetryMax);
  }
}

PostgresFeed::Session::Session(const PostgresSource* source, PostgresConnection made)
    : connection(std::move(made)), fetcher(source, &connection) {}

absl::StatusOr<std::unique_ptr<PostgresFeed::Session>> PostgresFeed::Connect() {
  PostgresConnection::Options options{.connection = source().connection, .stop = &stop_};
  ASSIGN_OR_RETURN(PostgresConnection queries, PostgresConnection::Connect(options));
  auto session = std::make_unique<Session>(&source(), std::move(queries));
  RETURN_IF_ERROR(CheckSource(source(), &session->connection));
  options.use = PostgresConnection::Use::kReplication;
  ASSIGN_OR_RETURN(PostgresConnection stream, PostgresConnection::Connect(options));
  ASSIGN_OR_RETURN(const auto system, stream.Query("IDENTIFY_SYSTEM"));
  PostgresProgress next = progress_;
  const std::string before = next.ToText();
  ASSIGN_OR_RETURN(const std::string loss, EnsureSlot(source(), system.at(0).at(0).value_or(""),
                                                      &session->connection, &next));
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
  ASSIGN_OR_RETURN(session->stream,
                   ChangeStream::Open(source(), std::move(stream), progress_.position));
  ++statistics_.connections;
  return session;
}

absl::Status PostgresFeed::Work() {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Connect());
  swept_.reset();
  bool has_more = true;
  while (!stop_ && !is_paused()) {
    RETURN_IF_ERROR(GrantWishes(session.get()));
    const bool takes_snapshot = progress_.phase != PostgresProgress::Phase::kDone;
    SetState(takes_snapshot ? "snapshot" : "running");
    ASSIGN_OR_RETURN(const ChangeBatch batch,
                     session->stream->Read(has_more ? absl::ZeroDuration() : kQuiet));
    if (batch.empty()) {
      RETURN_IF_ERROR(AdvanceIdle(session.get()));
    } else {
      RETURN_IF_ERROR(ApplyBatch(batch, session.get()));
      RETURN_IF_ERROR(session->stream->Confirm(stored_position_));
    }
    ASSIGN_OR_RETURN(has_more, StepAside(session.get()));
    RETURN_IF_ERROR(ReadSlotState(session.get()));
  }
  return absl::OkStatus();
}

absl::Status PostgresFeed::GrantWishes(Session* session) {
  Wishes wishes;
  {
    absl::MutexLock lock(&mutex_);
    std::swap(wishes, wishes_);
  }
  if (wishes.verify) {
    comparison_ = std::make_unique<SourceComparison>(target_.index, *wishes.verify);
  }
  if (wishes.resnapshot) {
    PostgresProgress next = progress_;
    next.Restart(/*with_sweep=*/true);
    RETURN_IF_ERROR(StoreProgress(next));
    swept_.reset();
    ++statistics_.snapshots;
  }
  if (wishes.ids.empty()) return absl::OkStatus();
  return FetchAndWrite(session, std::move(wishes.ids), progress_, {.is_replay = true});
}

std::vector<FeedEvent> PostgresFeed::TakeHot(const PendingChanges& pending,
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
    hot.push_back({.id = id,
                   .position = document.position,
                   .operation = FeedEvent::Operation::kUpdate,
                   .payload = Json(document.patch).Dump()});
  }
  return hot;
}

// Hot changes first: they are small and need nothing from the source.
absl::Status PostgresFeed::ApplyBatch(const ChangeBatch& batch, Session* session) {
  statistics_.changes += batch.changes;
  if (!batch.transactions.empty()) {
    Show([&](Shown* shown) { shown->oldest_pending = batch.transactions.front().commit_time; });
  }
  PostgresProgress next = progress_;
  next.position = std::max(next.position, batch.position);
  if (batch.pending.needs_snapshot) {
    spdlog::warn("feed {}: a table was emptied, so everything is read anew", definition_.name);
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
    RETURN_IF_ERROR(session->fetcher.WaitVisible(batch.xids));
    for (const auto& [table, key] : batch.pending.lookups) {
      ASSIGN_OR_RETURN(auto found, session->fetcher.LookUp(source().tables[table], key));
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
  position_stored_ = absl::Now();
  statistics_.transactions += batch.transactions.size();
  seen_.Forget(progress_.position);
  Show([&](Shown* shown) {
    shown->progress = progress_;
    shown->server_end = session->stream->server_end();
    shown->oldest_pending = 0;
  });
  return absl::OkStatus();
}

void PostgresFeed::NoteVisible(const ChangeBatch& batch, bool with_fetches) {
  const PgTime now = PgNow();
  for (const ChangeBatch::Transaction& transaction : batch.transactions) {
    if (transaction.has_fetches && !with_fetches) continue;
    statistics_.NoteFreshness(absl::Microseconds(now - transaction.commit_time));
  }
}

absl::Status PostgresFeed::AdvanceIdle(Session* session) {
  const Lsn idle = session->stream->idle_position();
  if (idle > progress_.position) {
    progress_.position = idle;
    seen_.Forget(idle);
  }
  if (progress_.position > stored_position_ && absl::Now() - position_stored_ > kIdleInterval) {
    RETURN_IF_ERROR(StoreProgress(progress_));
    RETURN_IF_ERROR(session->stream->Confirm(stored_position_));
  }
  Show([&](Shown* shown) {
    shown->progress.position = progress_.position;
    shown->server_end = session->stream->server_end();
  });
  return absl::OkStatus();
}

absl::Status PostgresFeed::StoreProgress(const PostgresProgress& next) {
  RETURN_IF_ERROR(target_.store->SetProgress(definition_.name, next.ToText()));
  progress_ = next;
  stored_position_ = next.position;
  position_stored_ = absl::Now();
  Show([&](Shown* shown) { shown->progress = progress_; });
  return absl::OkStatus();
}

absl::Status PostgresFeed::ReadSlotState(Session* session) {
  if (absl::Now() - session->slot_read < kSlotInterval) return absl::OkStatus();
  ASSIGN_OR_RETURN(const SlotState slot, ReadSlot(source(), &session->connection));
  session->slot_read = absl::Now();
  Show([&](Shown* shown) {
    shown->server_end = std::max(shown->server_end, slot.server_end);
    shown->slot_bytes = slot.retained_bytes;
  });
  if (slot.is_lost) return absl::UnavailableError("the server has given up the replication slot");
  return absl::OkStatus();
}

// Parts of `ids` are written one after the other; each tells, durably, what it may show.
absl::Status PostgresFeed::FetchAndWrite(Session* session, std::vector<std::string> ids,
                                         PostgresProgress next, const WriteMode& mode) {
  size_t begin = 0;
  do {
    const size_t end = std::min(ids.size(), begin + limits::kFetchDocuments);
    const std::span<const std::string> part = std::span(ids).subspan(begin, end - begin);
    ASSIGN_OR_RETURN(DocumentFetcher::Result fetched, session->fetcher.Fetch(part));
    statistics_.fetched += part.size();
    const Lsn seen = std::max(progress_.seen_up_to, fetched.seen_up_to);
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
    begin = end;
    PostgresProgress written = begin == ids.size() ? next : progress_;
    written.seen_up_to = seen;
    RETURN_IF_ERROR(writer_.Write(std::move(events), written.ToText(), mode.is_replay).status());
    progress_ = written;
  } while (begin < ids.size());
  stored_position_ = progress_.position;
  return absl::OkStatus();
}

absl::Status PostgresFeed::Verify(bool repairs) {
  absl::MutexLock lock(&mutex_);
  wishes_.verify = repairs;
  shown_.comparison = Comparison{.repairs = repairs};
  is_woken_ = true;
  return absl::OkStatus();
}

absl::Status PostgresFeed::Resnapshot() {
  absl::MutexLock lock(&mutex_);
  wishes_.resnapshot = true;
  is_woken_ = true;
  return absl::OkStatus();
}

// What they keep may be out of date: the documents are asked for again. A letter stays until then.
absl::StatusOr<uint64_t> PostgresFeed::Replay(std::vector<DeadLetter> letters) {
  absl::MutexLock lock(&mutex_);
  for (const DeadLetter& letter : letters) wishes_.ids.push_back(letter.id);
  is_woken_ = true;
  return letters.size();
}

absl::Status PostgresFeed::Retire() {
  StopThread();
  stop_ = false;
  const auto what_to_do = [this](const absl::Status& status) {
    return absl::Status(
        status.code(),
        fmt::format("{}; the feed is gone, but not its replication slot, which makes the server "
                    "keep its log: run `SELECT pg_drop_replication_slot({})` in the database",
                    Message(status), "'" + source().slot + "'"));
  };
  auto connection = PostgresConnection::Connect({.connection = source().connection});
  if (!connection.ok()) return what_to_do(connection.status());
  if (const absl::Status status = DropSlot(source(), &*connection); !status.ok()) {
    return what_to_do(status);
  }
  // One that the definition names is not ours.
  if (definition_.json.Find("publication") != nullptr) return absl::OkStatus();
  return DropPublication(source(), &*connection);
}

}  // namespace aisle
