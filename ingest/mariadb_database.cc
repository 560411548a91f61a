// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/mariadb_database.h"

#include <algorithm>
#include <utility>

#include <absl/strings/numbers.h>
#include <absl/strings/str_split.h>

#include "ingest/binlog_stream.h"
#include "ingest/mariadb_connection.h"
#include "ingest/mariadb_fetcher.h"
#include "ingest/mariadb_settings.h"

namespace aisle {
namespace {

struct LogFile {
  std::string name;
  uint32_t number = 0;
  uint64_t bytes = 0;
};

class MariadbSession : public DatabaseSession {
 public:
  MariadbSession(const DatabaseDefinition* definition, MariadbConnection queries,
                 const std::atomic<bool>* stop)
      : definition_(*definition),
        stop_(stop),
        queries_(std::move(queries)),
        fetcher_(definition, &queries_) {}

  absl::StatusOr<std::string> Adopt(DatabaseProgress* progress) override;
  absl::Status Follow(LogPosition position) override;

  absl::StatusOr<ChangeBatch> Read(absl::Duration wait) override { return stream_->Read(wait); }
  // The server forgets its log by its own rules.
  absl::Status Confirm(LogPosition /*position*/) override { return absl::OkStatus(); }
  LogPosition idle_position() const override { return stream_->idle_position(); }
  LogPosition server_end() const override { return stream_->position(); }
  std::string mark() const override {
    return stream_->last_gtid().empty() ? first_mark_ : stream_->last_gtid();
  }
  absl::StatusOr<LogState> ReadLogState(LogPosition position) override;
  DocumentFetcher* fetcher() override { return &fetcher_; }

 private:
  absl::StatusOr<std::vector<LogFile>> ReadFiles();
  // Why the log at the position is not the one that the feed has read; empty: it is.
  absl::StatusOr<std::string> FindLoss(const DatabaseProgress& progress, const std::string& system);
  absl::StatusOr<std::string> ReadGtids(LogPosition position);

  const DatabaseDefinition& definition_;
  const std::atomic<bool>* const stop_;
  MariadbConnection queries_;
  MariadbFetcher fetcher_;
  std::unique_ptr<BinlogStream> stream_;
  std::string file_base_;
  std::string first_mark_;
};

std::string NameOf(LogPosition position, std::string_view base) {
  return fmt::format("{}.{:06}", base, BinlogFile(position));
}

absl::StatusOr<std::vector<LogFile>> MariadbSession::ReadFiles() {
  ASSIGN_OR_RETURN(const auto rows, queries_.Query("SHOW BINARY LOGS"));
  std::vector<LogFile> files;
  for (const auto& row : rows) {
    LogFile file{.name = row.at(0).value_or("")};
    ASSIGN_OR_RETURN(file.number, BinlogFileNumber(file.name));
    (void)absl::SimpleAtoi(row.at(1).value_or(""), &file.bytes);
    files.push_back(std::move(file));
  }
  if (files.empty()) return FailedPrecondition("the server has no binlog files");
  return files;
}

// GTIDs of the last transactions before the position, by domain: "0-1-27,1-1-4"; empty if there is
// no transaction's end.
absl::StatusOr<std::string> MariadbSession::ReadGtids(LogPosition position) {
  ASSIGN_OR_RETURN(const auto rows,
                   queries_.Query(fmt::format("SELECT BINLOG_GTID_POS({}, {})",
                                              queries_.Quote(NameOf(position, file_base_)),
                                              BinlogOffset(position))));
  return rows.at(0).at(0).value_or("");
}

absl::StatusOr<std::string> MariadbSession::FindLoss(const DatabaseProgress& progress,
                                                     const std::string& system) {
  if (progress.system != system) {
    return fmt::format(
        "`connection` leads to another server than before: its server_id is {}, not {}", system,
        progress.system);
  }
  ASSIGN_OR_RETURN(const std::vector<LogFile> files, ReadFiles());
  const uint32_t number = BinlogFile(progress.position);
  const auto file = std::find_if(files.begin(), files.end(),
                                 [number](const LogFile& one) { return one.number == number; });
  const std::string place =
      fmt::format("{}:{}", NameOf(progress.position, file_base_), BinlogOffset(progress.position));
  if (file == files.end() && number < files.front().number) {
    return fmt::format(
        "the server has purged {}, which the feed had not read to its end: set "
        "binlog_expire_logs_seconds higher",
        NameOf(progress.position, file_base_));
  }
  if (file == files.end() || file->bytes < BinlogOffset(progress.position)) {
    return fmt::format("the server's binlog ends at {}:{}, before {}, where the collection is",
                       files.back().name, files.back().bytes, place);
  }
  if (progress.mark.empty()) return std::string();
  ASSIGN_OR_RETURN(const std::string gtids, ReadGtids(progress.position));
  const std::vector<std::string> known = absl::StrSplit(gtids, ',');
  if (std::find(known.begin(), known.end(), progress.mark) != known.end()) return std::string();
  return fmt::format("the server's binlog at {} is another one than before: it has {}, not {}",
                     place, gtids.empty() ? "no transaction" : gtids, progress.mark);
}

absl::StatusOr<std::string> MariadbSession::Adopt(DatabaseProgress* progress) {
  ASSIGN_OR_RETURN(const auto rows, queries_.Query("SELECT @@server_id"));
  const std::string system = rows.at(0).at(0).value_or("");
  ASSIGN_OR_RETURN(const MariadbFetcher::Place place, fetcher_.ReadPlace());
  file_base_ = place.file_base;
  std::string loss;
  const bool is_new = progress->system.empty();
  if (!is_new) {
    ASSIGN_OR_RETURN(loss, FindLoss(*progress, system));
  }
  if (is_new || !loss.empty()) {
    progress->system = system;
    progress->position = place.position;
    progress->seen_up_to = place.position;
    ASSIGN_OR_RETURN(const std::string gtids, ReadGtids(place.position));
    const std::vector<std::string> marks = absl::StrSplit(gtids, ',');
    progress->mark = marks.front();
    progress->Restart(/*with_sweep=*/!loss.empty());
  }
  first_mark_ = progress->mark;
  return loss;
}

absl::Status MariadbSession::Follow(LogPosition position) {
  ASSIGN_OR_RETURN(MariadbConnection connection,
                   MariadbConnection::Connect(definition_.connection, stop_));
  ASSIGN_OR_RETURN(stream_,
                   BinlogStream::Open(definition_, std::move(connection), file_base_, position));
  return absl::OkStatus();
}

absl::StatusOr<DatabaseSession::LogState> MariadbSession::ReadLogState(LogPosition position) {
  ASSIGN_OR_RETURN(const std::vector<LogFile> files, ReadFiles());
  if (files.front().number > BinlogFile(position)) {
    return absl::UnavailableError("the server has purged a part of its binlog that is not read");
  }
  LogState state{
      .end = BinlogPosition(files.back().number, static_cast<uint32_t>(files.back().bytes))};
  for (const LogFile& file : files) {
    if (file.number < BinlogFile(position)) continue;
    const uint64_t read = file.number == BinlogFile(position) ? BinlogOffset(position) : 0;
    state.lag_bytes += file.bytes - std::min(file.bytes, read);
  }
  return state;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DatabaseSession>> MariadbDatabase::Connect(
    const std::atomic<bool>* stop) const {
  ASSIGN_OR_RETURN(MariadbConnection queries,
                   MariadbConnection::Connect(definition_.connection, stop));
  // Texts that a query gathers must not be cut.
  RETURN_IF_ERROR(queries
                      .Query("SET SESSION group_concat_max_len = 67108864, "
                             "tx_isolation = 'REPEATABLE-READ'")
                      .status());
  RETURN_IF_ERROR(CheckMariadb(definition_, &queries));
  return std::make_unique<MariadbSession>(&definition_, std::move(queries), stop);
}

std::string MariadbDatabase::PositionText(LogPosition position) const {
  return fmt::format("{:06}:{}", BinlogFile(position), BinlogOffset(position));
}

std::optional<uint64_t> MariadbDatabase::Between(LogPosition from, LogPosition to) const {
  if (BinlogFile(from) != BinlogFile(to)) return std::nullopt;
  return to - from;
}

}  // namespace aisle
