// SPDX-License-Identifier: GPL-3.0-or-later
//
// DocumentFetcher: asks a database for documents, by the query of the feed's definition. What is
// common to all databases: many ids at once, fewer where a document is too large or the query
// fails. Not thread safe.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/status.h"
#include "ingest/change_batch.h"
#include "ingest/feed_definition.h"

namespace aisle {

class DocumentFetcher {
 public:
  virtual ~DocumentFetcher() = default;

  // Returns when every later query can see the effects of the batch's transactions. The stream
  // tells of a commit as soon as it is in the log, which may be before it is visible to others.
  virtual absl::Status WaitVisible(const ChangeBatch& batch) = 0;

  struct Fetched {
    std::string id;
    std::optional<std::string> document;  // JSON text; nullopt: the source has none
    absl::Status error;                   // the source cannot deliver this one
  };
  struct Result {
    std::vector<Fetched> documents;  // one for each id
    // No transaction whose effects can be seen in these documents ends beyond this position.
    LogPosition seen_up_to = 0;
  };
  // What the source has at a moment after the call began. Documents that the query fails on are
  // told apart by asking again for fewer; an error of the whole call is one of the connection, or
  // of the query itself.
  absl::StatusOr<Result> Fetch(std::span<const std::string> ids);

  // Whether both kinds of query of the definition work.
  absl::Status Try();

  // The ids that the query of a table gives for this key.
  virtual absl::StatusOr<std::vector<std::string>> LookUp(const TableMapping& table,
                                                          std::string_view key) = 0;
  // Ids of the root table above `after` (nullopt: from the beginning), in the order of the table's
  // key.
  virtual absl::StatusOr<std::vector<std::string>> NextIds(const std::optional<std::string>& after,
                                                           size_t limit) = 0;

 protected:
  // Must outlive the fetcher.
  explicit DocumentFetcher(const DatabaseDefinition* definition) : definition_(definition) {}

  // One row of the documents query.
  struct Row {
    std::optional<std::string_view> id;
    std::optional<std::string_view> document;  // nullopt if it is too large to be one
    uint64_t bytes = 0;                        // of the document
  };
  // Asks for all of `ids` in one query. `visit` returns whether it wants more. InvalidArgument:
  // values in the data make the query fail. Sets up to where the documents may show the source.
  virtual absl::Status Query(std::span<const std::string> ids,
                             const std::function<bool(const Row&)>& visit,
                             LogPosition* seen_up_to) = 0;
  // An id that cannot be one of the root table is no error: the source has no such document.
  virtual absl::Status ForgiveForeignIds(Result* /*result*/) { return absl::OkStatus(); }

  const DatabaseDefinition& definition() const { return *definition_; }
  const TableMapping& root() const { return definition_->tables[definition_->root]; }

 private:
  absl::Status FetchInto(std::span<const std::string> ids, Result* result);
  absl::Status FetchOnce(std::span<const std::string> ids, Result* result, bool* is_complete);

  const DatabaseDefinition* const definition_;
};

// Of a statement, so that it can be part of another one.
std::string WithoutSemicolon(std::string sql);

}  // namespace aisle
