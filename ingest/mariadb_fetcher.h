// SPDX-License-Identifier: GPL-3.0-or-later
//
// MariadbFetcher: asks MariaDB for documents. Each fetch is a consistent snapshot of InnoDB, of
// which the server tells the exact position in its binlog. Not thread safe.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ingest/document_fetcher.h"
#include "ingest/mariadb_connection.h"

namespace aisle {

class MariadbFetcher : public DocumentFetcher {
 public:
  // Both must outlive the fetcher.
  MariadbFetcher(const DatabaseDefinition* definition, MariadbConnection* connection)
      : DocumentFetcher(definition), connection_(connection) {}

  absl::Status WaitVisible(const ChangeBatch& batch) override;
  absl::StatusOr<std::vector<std::string>> LookUp(const TableMapping& table,
                                                  std::string_view key) override;
  absl::StatusOr<std::vector<std::string>> NextIds(const std::optional<std::string>& after,
                                                   size_t limit) override;

  // Where the binlog is: every transaction that ends up to here, and no other, is visible in a
  // snapshot that is taken now.
  struct Place {
    std::string file_base;  // "binlog" of "binlog.000012"
    LogPosition position = 0;
  };
  absl::StatusOr<Place> ReadPlace();

 private:
  absl::Status Query(std::span<const std::string> ids, const std::function<bool(const Row&)>& visit,
                     LogPosition* seen_up_to) override;
  // Begins a read-only transaction with a snapshot, and tells where that is.
  absl::StatusOr<Place> BeginSnapshot();
  absl::Status EndSnapshot();

  MariadbConnection* const connection_;
};

}  // namespace aisle
