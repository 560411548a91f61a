// SPDX-License-Identifier: GPL-3.0-or-later
//
// DocumentFetcher: asks PostgreSQL for documents, by the query of the feed's definition. Not thread
// safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/status.h"
#include "ingest/feed_definition.h"
#include "ingest/pgoutput.h"
#include "ingest/postgres_connection.h"

namespace aisle {

class DocumentFetcher {
 public:
  // Both must outlive the fetcher.
  DocumentFetcher(const PostgresSource* source, PostgresConnection* connection);

  // Returns when the effects of these transactions can be seen by every later query. The stream
  // tells of a commit as soon as it is in the log, which may be before it is visible to others.
  absl::Status WaitVisible(std::span<const uint32_t> xids);

  struct Fetched {
    std::string id;
    std::optional<std::string> document;  // JSON text; nullopt: the source has none
    absl::Status error;                   // the source cannot deliver this one
  };
  struct Result {
    std::vector<Fetched> documents;  // one for each id
    // No transaction whose effects can be seen in these documents ends beyond this position.
    Lsn seen_up_to = 0;
  };
  // What the source has at a moment after the call began. Documents that the query fails on are
  // told apart by asking again for fewer; an error of the whole call is one of the connection, or
  // of the query itself.
  absl::StatusOr<Result> Fetch(std::span<const std::string> ids);

  // The ids that the query of a table gives for these keys.
  absl::StatusOr<std::vector<std::string>> LookUp(const TableMapping& table, std::string_view key);
  // Ids of the root table above `after` (nullopt: from the beginning), in the order of the table's
  // key.
  absl::StatusOr<std::vector<std::string>> NextIds(const std::optional<std::string>& after,
                                                   size_t limit);

 private:
  absl::Status FetchInto(std::span<const std::string> ids, Result* result);
  absl::Status ForgiveForeignIds(Result* result);
  absl::Status FetchOnce(std::span<const std::string> ids, Result* result, bool* is_complete);

  const PostgresSource* const source_;
  PostgresConnection* const connection_;
  std::string fetch_sql_;
};

}  // namespace aisle
