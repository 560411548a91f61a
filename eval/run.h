// SPDX-License-Identifier: GPL-3.0-or-later
//
// Run: what an engine answered to the judged queries, with their judgments, as a value and as a
// file. It holds everything that an evaluation looks at, so that a run of last month can be
// measured in a new way or compared with today's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/status.h"
#include "eval/judgments.h"

namespace aisle {

struct RunHit {
  std::string id;
  std::string title;  // for people; empty if the document has nothing to show
};

struct QueryRun {
  std::string query;
  Grades grades;
  std::vector<RunHit> hits;  // the first Run::depth
  uint64_t found = 0;
  double milliseconds = 0;

  std::vector<std::string> ids() const;
};

struct Run {
  std::string name;                  // for people: "two-typos"
  std::string source;                // for people: what was asked: "products of ./data"
  Json parameters = Json::Object{};  // of every search
  int64_t made_at = 0;               // seconds since 1970
  size_t depth = 0;
  std::optional<uint64_t> documents;  // in the collection
  std::optional<uint64_t> absent;     // judged pairs whose product the collection lacks
  std::vector<QueryRun> queries;
};

// One JSON object, readable by ReadRun.
std::string WriteRun(const Run& run);

// InvalidArgument for text that WriteRun cannot have written.
absl::StatusOr<Run> ReadRun(std::string_view text);

}  // namespace aisle
