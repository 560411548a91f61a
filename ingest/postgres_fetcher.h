// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostgresFetcher: asks PostgreSQL for documents. Not thread safe.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ingest/document_fetcher.h"
#include "ingest/pgoutput.h"
#include "ingest/postgres_connection.h"

namespace aisle {

class PostgresFetcher : public DocumentFetcher {
 public:
  // Both must outlive the fetcher.
  PostgresFetcher(const DatabaseDefinition* definition, PostgresConnection* connection);

  absl::Status WaitVisible(const ChangeBatch& batch) override;
  absl::StatusOr<std::vector<std::string>> LookUp(const TableMapping& table,
                                                  std::string_view key) override;
  absl::StatusOr<std::vector<std::string>> NextIds(const std::optional<std::string>& after,
                                                   size_t limit) override;

 private:
  absl::Status Query(std::span<const std::string> ids, const std::function<bool(const Row&)>& visit,
                     LogPosition* seen_up_to) override;
  absl::Status ForgiveForeignIds(Result* result) override;

  PostgresConnection* const connection_;
  std::string fetch_sql_;
};

}  // namespace aisle
