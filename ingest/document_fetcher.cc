// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/document_fetcher.h"

#include <algorithm>

#include <absl/container/flat_hash_map.h>

#include "core/limits.h"

namespace aisle {

std::string WithoutSemicolon(std::string sql) {
  while (!sql.empty() && (sql.back() == ';' || sql.back() == ' ' || sql.back() == '\n')) {
    sql.pop_back();
  }
  return sql;
}

absl::StatusOr<DocumentFetcher::Result> DocumentFetcher::Fetch(std::span<const std::string> ids) {
  Result result;
  for (size_t begin = 0; begin < ids.size(); begin += limits::kFetchDocuments) {
    RETURN_IF_ERROR(FetchInto(
        ids.subspan(begin, std::min(limits::kFetchDocuments, ids.size() - begin)), &result));
  }
  RETURN_IF_ERROR(ForgiveForeignIds(&result));
  return result;
}

// Halves the ids until each half works, or is one id.
absl::Status DocumentFetcher::FetchInto(std::span<const std::string> ids, Result* result) {
  if (ids.empty()) return absl::OkStatus();
  bool is_complete = false;
  const absl::Status status = FetchOnce(ids, result, &is_complete);
  if (status.ok() && is_complete) return absl::OkStatus();
  if (!status.ok() && !absl::IsInvalidArgument(status)) return status;
  if (ids.size() == 1) {
    result->documents.push_back({.id = ids[0], .document = std::nullopt, .error = status});
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(FetchInto(ids.first(ids.size() / 2), result));
  return FetchInto(ids.subspan(ids.size() / 2), result);
}

// Adds to `result` only if all of `ids` could be fetched and are not too much for memory.
absl::Status DocumentFetcher::FetchOnce(std::span<const std::string> ids, Result* result,
                                        bool* is_complete) {
  absl::flat_hash_map<std::string_view, Fetched> by_id;
  for (const std::string& id : ids) by_id[id].id = id;
  size_t bytes = 0;
  LogPosition seen = 0;
  const auto visit = [&](const Row& row) {
    if (!row.id) return true;  // a document without an id is nobody's
    const auto it = by_id.find(*row.id);
    if (it == by_id.end()) return true;  // nobody asked for it
    Fetched& fetched = it->second;
    if (row.document) {
      fetched.document = std::string(*row.document);
      bytes += row.document->size();
    } else if (row.bytes > 0) {
      fetched.error =
          absl::OutOfRangeError(fmt::format("the document has {} bytes: allowed are at most {}",
                                            row.bytes, limits::kDocumentBytesMax));
    } else {
      fetched.error = InvalidArgument(
          "`documents` gives NULL as the document: leave the row out if there is none");
    }
    return bytes <= limits::kFetchBytesMax || ids.size() == 1;
  };
  RETURN_IF_ERROR(Query(ids, visit, &seen));
  *is_complete = bytes <= limits::kFetchBytesMax || ids.size() == 1;
  if (!*is_complete) return absl::OkStatus();
  result->seen_up_to = std::max(result->seen_up_to, seen);
  for (const std::string& id : ids) result->documents.push_back(std::move(by_id[id]));
  return absl::OkStatus();
}

absl::Status DocumentFetcher::Try() {
  // Tells whether the queries are right; whether these ids exist does not matter.
  const std::string ids[] = {"0"};
  RETURN_IF_ERROR(WithContext(Fetch(ids).status(), "`documents`"));
  for (const TableMapping& table : definition_->tables) {
    if (table.ids_query.empty()) continue;
    const absl::Status status = LookUp(table, "0").status();
    if (absl::IsInvalidArgument(status)) continue;  // of the key 0 alone
    RETURN_IF_ERROR(WithContext(status, fmt::format("`tables.{}.ids`", table.FullName())));
  }
  return absl::OkStatus();
}

}  // namespace aisle
