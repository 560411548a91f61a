// SPDX-License-Identifier: GPL-3.0-or-later
//
// DatabaseFeed: keeps a collection in step with a database.
//
// One thread does everything, one thing after the other: read what the stream has brought, ask for
// the documents that it concerns, write them together with the position, confirm the position; and
// when the stream is quiet a step of a snapshot or of a comparison. While the thread is busy,
// changes wait in the server's log, so that no queue can grow here.
//
// What makes it right (docs/adr/0008-positions-are-committed-with-their-effects.md):
//   a document is fetched at a state no older than the change that asked for it;
//   fetches happen in the order in which they are written, so that an older one never comes later;
//   a hot column is written only if no fetch can have seen a later state;
//   the position is stored in the transaction of the documents, and confirmed afterwards.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/steady_clock.h"
#include "ingest/database.h"
#include "ingest/database_progress.h"
#include "ingest/seen_documents.h"
#include "ingest/source_comparison.h"
#include "ingest/threaded_feed.h"

namespace aisle {

class DatabaseFeed : public ThreadedFeed {
 public:
  static absl::StatusOr<std::unique_ptr<Feed>> Open(FeedDefinition definition,
                                                    const StoredFeed& stored,
                                                    const FeedTarget& target);
  // Whether the database and the definition fit each other.
  static absl::Status Check(const DatabaseDefinition& source);
  ~DatabaseFeed() override;

  absl::Status Verify(bool repairs) override;
  absl::Status Resnapshot() override;
  absl::StatusOr<uint64_t> Replay(std::vector<DeadLetter> letters) override;
  absl::Status Retire() override;

 private:
  // What others ask of the thread.
  struct Wishes {
    bool resnapshot = false;
    std::optional<bool> verify;    // whether it repairs
    std::vector<std::string> ids;  // to be fetched: dead letters that are replayed
  };
  // What Describe() shows; written by the thread.
  struct Shown {
    DatabaseProgress progress;
    LogPosition server_end = 0;
    uint64_t lag_bytes = 0;
    uint64_t kept_bytes = 0;  // of its log that the server keeps for the feed
    UnixMicros oldest_pending =
        0;             // when the oldest change that is not visible was committed; 0: none
    std::string loss;  // why the last snapshot began
    std::optional<Comparison> comparison;  // the last one, or the one under way
  };

  DatabaseFeed(FeedDefinition definition, bool is_paused, const FeedTarget& target,
               DatabaseProgress progress);

  void DescribeSource(Json* json) const override;
  void DescribeComparison(Json* json) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  void AddMetrics(std::vector<FeedMetric>* metrics) const override;

  absl::StatusOr<std::unique_ptr<DatabaseSession>> Connect();
  absl::Status Work() override;
  absl::Status Rest() override;
  absl::Status GrantWishes(DatabaseSession* session);
  absl::Status ApplyBatch(const ChangeBatch& batch, DatabaseSession* session);
  absl::Status AdvanceIdle(DatabaseSession* session);
  absl::Status ReadLogState(DatabaseSession* session);
  void NoteVisible(const ChangeBatch& batch, bool with_fetches);

  // Steps of what is done beside the stream; whether there is more to do at once.
  absl::StatusOr<bool> StepAside(DatabaseSession* session);
  absl::Status StepRows(DatabaseSession* session);
  absl::Status StepSweep(DatabaseSession* session);
  absl::Status StepComparison(DatabaseSession* session);

  // Sorts what is pending into changes that can be written at once and ids to fetch.
  std::vector<FeedEvent> TakeHot(const PendingChanges& pending, std::vector<std::string>* ids);
  // Fetches and writes documents; `next` becomes durable with the last of them.
  struct WriteMode : FeedWriter::Mode {
    bool only_deletes = false;  // of documents that the source does not have
  };
  absl::Status FetchAndWrite(DatabaseSession* session, std::vector<std::string> ids,
                             DatabaseProgress next, const WriteMode& mode);
  absl::Status StoreProgress(const DatabaseProgress& next);
  void Show(const std::function<void(Shown*)>& change);

  const DatabaseDefinition& source() const { return *definition_.database; }

  const std::unique_ptr<Database> database_;
  // The thread's own.
  DatabaseProgress progress_;
  LogPosition stored_position_ = 0;
  absl::Time position_stored_ = absl::InfinitePast();
  SeenDocuments seen_;
  std::unique_ptr<SourceComparison> comparison_;
  absl::Time last_comparison_ = SteadyNow();  // or when the feed was opened
  absl::Time log_state_read_ = absl::InfinitePast();
  absl::Status rest_status_;                  // of the last look in a pause
  absl::Time nudged_ = absl::InfinitePast();  // when the server was last made to say where it is
  std::shared_ptr<const Snapshot> swept_;     // of kSweep
  IdCursor sweep_cursor_;

  mutable absl::Mutex mutex_;
  Shown shown_ ABSL_GUARDED_BY(mutex_);
  Wishes wishes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace aisle
