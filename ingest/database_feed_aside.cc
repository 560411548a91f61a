// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a feed from a database does beside the stream, a step at a time: snapshots and comparisons;
// and what it tells about itself.
#include <algorithm>

#include <spdlog/spdlog.h>

#include "core/limits.h"
#include "core/steady_clock.h"
#include "ingest/database_feed.h"

namespace aisle {
namespace {

constexpr size_t kStepIds = 2000;
constexpr absl::Duration kNudgeInterval = absl::Milliseconds(500);

}  // namespace

absl::StatusOr<bool> DatabaseFeed::StepAside(DatabaseSession* session) {
  const auto phase = progress_.phase;
  if (phase == DatabaseProgress::Phase::kRows) RETURN_IF_ERROR(StepRows(session));
  if (phase == DatabaseProgress::Phase::kSweep) RETURN_IF_ERROR(StepSweep(session));
  if (phase != DatabaseProgress::Phase::kDone) return true;
  const uint64_t every = source().verify_every_seconds;
  if (comparison_ == nullptr && every > 0 &&
      SteadyNow() - last_comparison_ > absl::Seconds(static_cast<int64_t>(every))) {
    comparison_ = std::make_unique<SourceComparison>(target_.index, /*repairs=*/false);
  }
  if (comparison_ == nullptr) return false;
  if (!comparison_->CanStep(progress_.position)) {
    // A quiet server may never tell that the stream has passed the moment of the comparison.
    if (SteadyNow() - nudged_ < kNudgeInterval) return false;
    nudged_ = SteadyNow();
    RETURN_IF_ERROR(session->Nudge());
    return false;
  }
  RETURN_IF_ERROR(StepComparison(session));
  return comparison_ != nullptr;
}

// The root table in the order of its key. Rows that come or change meanwhile are in the stream.
absl::Status DatabaseFeed::StepRows(DatabaseSession* session) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids,
                   session->fetcher()->NextIds(progress_.after, kStepIds));
  DatabaseProgress next = progress_;
  next.rows += ids.size();
  if (!ids.empty()) next.after = ids.back();
  if (ids.size() < kStepIds) {
    next.phase = next.sweeps ? DatabaseProgress::Phase::kSweep : DatabaseProgress::Phase::kDone;
    next.sweeps = next.phase == DatabaseProgress::Phase::kSweep;
    spdlog::info("feed {}: read {} rows of {}", definition_.name, next.rows,
                 source().tables[source().root].FullName());
  }
  RETURN_IF_ERROR(FetchAndWrite(session, std::move(ids), next, {{.urgency = Urgency::kBulk}}));
  Show([&](Shown* shown) { shown->progress = progress_; });
  return absl::OkStatus();
}

absl::Status DatabaseFeed::StepSweep(DatabaseSession* session) {
  if (swept_ == nullptr) {
    swept_ = target_.index->snapshot();
    sweep_cursor_ = {};
  }
  std::vector<std::string> ids = sweep_cursor_.Next(*swept_, kStepIds);
  DatabaseProgress next = progress_;
  if (ids.empty()) {
    next.phase = DatabaseProgress::Phase::kDone;
    next.sweeps = false;
    swept_.reset();
  }
  RETURN_IF_ERROR(FetchAndWrite(session, std::move(ids), next,
                                {{.urgency = Urgency::kBulk}, /*only_deletes=*/true}));
  Show([&](Shown* shown) { shown->progress = progress_; });
  return absl::OkStatus();
}

absl::Status DatabaseFeed::StepComparison(DatabaseSession* session) {
  RETURN_IF_ERROR(comparison_->Step(session->fetcher(), progress_.position));
  const bool is_done = comparison_->found().is_done;
  if (is_done && comparison_->found().repairs) {
    const std::vector<std::string>& ids = comparison_->different_ids();
    RETURN_IF_ERROR(FetchAndWrite(session, ids, progress_, {}));
    comparison_->NoteRepaired(ids.size());
  }
  Show([&](Shown* shown) { shown->comparison = comparison_->found(); });
  if (!is_done) return absl::OkStatus();
  const Comparison& found = comparison_->found();
  if (found.Agrees()) {
    spdlog::info("feed {}: agrees as of position {}: {} documents", definition_.name,
                 database_->PositionText(found.position), found.documents);
  } else {
    spdlog::warn("feed {}: {} documents are missing, {} stale, {} surplus as of {}; {} repaired",
                 definition_.name, found.missing, found.stale, found.surplus,
                 database_->PositionText(found.position), found.repaired);
  }
  last_comparison_ = SteadyNow();
  comparison_.reset();
  return absl::OkStatus();
}

void DatabaseFeed::DescribeSource(Json* json) const {
  absl::MutexLock lock(&mutex_);
  const DatabaseProgress& progress = shown_.progress;
  const LogPosition end = std::max(shown_.server_end, progress.position);
  json->Set("position", database_->PositionText(progress.position));
  json->Set(
      "lag_bytes",
      static_cast<int64_t>(database_->Between(progress.position, end).value_or(shown_.lag_bytes)));
  const UnixMicros oldest = shown_.oldest_pending;
  json->Set("lag_seconds",
            oldest == 0 ? 0.0 : std::max(0.0, static_cast<double>(NowMicros() - oldest) / 1e6));
  json->Set("snapshot", Json(Json::Object{{"phase", PhaseName(progress.phase)},
                                          {"rows", static_cast<int64_t>(progress.rows)}}));
  if (!shown_.loss.empty()) json->Set("snapshot_because", shown_.loss);
  if (source().slot.empty()) return DescribeComparison(json);
  json->Set("slot_bytes", static_cast<int64_t>(shown_.kept_bytes));
  if (shown_.kept_bytes > source().slot_bytes_max) {
    json->Set("warning", fmt::format("the server keeps {} bytes of its log for the slot `{}`, more "
                                     "than slot_bytes_max",
                                     shown_.kept_bytes, source().slot));
  }
  DescribeComparison(json);
}

void DatabaseFeed::DescribeComparison(Json* json) const {
  if (!shown_.comparison) return;
  Json comparison = shown_.comparison->ToJson();
  if (shown_.comparison->is_done) {
    comparison.Set("position", database_->PositionText(shown_.comparison->position));
  }
  json->Set("comparison", std::move(comparison));
}

void DatabaseFeed::AddMetrics(std::vector<FeedMetric>* metrics) const {
  absl::MutexLock lock(&mutex_);
  const auto gauge = [&](std::string_view name, std::string_view help, double value) {
    metrics->push_back({name, help, "", value, false});
  };
  const DatabaseProgress& progress = shown_.progress;
  const LogPosition end = std::max(shown_.server_end, progress.position);
  gauge("feed_lag_bytes", "Of the source's log, not applied yet.",
        static_cast<double>(database_->Between(progress.position, end).value_or(shown_.lag_bytes)));
  gauge("feed_lag_seconds", "Age of the oldest change that is not visible.",
        shown_.oldest_pending == 0
            ? 0
            : std::max(0.0, static_cast<double>(NowMicros() - shown_.oldest_pending) / 1e6));
  gauge("feed_slot_bytes", "Of its log that the server keeps for the feed.",
        static_cast<double>(shown_.kept_bytes));
  gauge("feed_snapshot_rows", "Rows that the snapshot has read.",
        static_cast<double>(progress.rows));
  if (!shown_.comparison || !shown_.comparison->is_done) return;
  gauge("feed_disagreements", "Documents that the last comparison found different.",
        static_cast<double>(shown_.comparison->missing + shown_.comparison->stale +
                            shown_.comparison->surplus));
  gauge("feed_agreement_age_seconds", "Since the last comparison ended.",
        absl::ToDoubleSeconds(SteadyNow() - shown_.comparison->ended));
}

}  // namespace aisle
