// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small run for tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "eval/run.h"

namespace aisle {

inline QueryRun SampleQuery(std::string query, Grades grades, const std::vector<std::string>& ids) {
  QueryRun sample{.query = std::move(query), .grades = std::move(grades), .found = ids.size()};
  sample.milliseconds = 0.5;
  for (const std::string& id : ids) sample.hits.push_back({id, "Title of " + id});
  return sample;
}

// Four queries: perfect, reversed, nothing found, nothing relevant.
inline Run SampleRun() {
  Run run{.name = "sample", .source = "products.jsonl", .made_at = 1700000000, .depth = 100};
  run.parameters.Set("query_by", "title");
  run.documents = 5;
  run.queries.push_back(SampleQuery("perfect", {{"a", 3}, {"b", 1}}, {"a", "b"}));
  run.queries.push_back(SampleQuery("reversed", {{"a", 3}, {"b", 1}}, {"b", "a"}));
  run.queries.push_back(SampleQuery("nothing found", {{"a", 3}}, {}));
  run.queries.push_back(SampleQuery("nothing relevant", {{"a", 0}}, {"x"}));
  return run;
}

}  // namespace aisle
