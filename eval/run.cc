// SPDX-License-Identifier: GPL-3.0-or-later
//
// The format, version 1:
//   {"aisle_eval_run": 1, "name", "source", "parameters": {}, "made_at", "depth", "documents",
//    "absent", "queries": [{"query", "found", "milliseconds", "hits": [["id", "title"], ...],
//                           "grades": {"id": grade, ...}}, ...]}
#include "eval/run.h"

#include <cmath>
#include <set>

#include "core/json_writer.h"

namespace aisle {
namespace {

constexpr std::string_view kVersionKey = "aisle_eval_run";
constexpr int64_t kVersion = 1;

void WriteQuery(const QueryRun& query, JsonWriter* writer) {
  writer->BeginObject();
  writer->Key("query").Value(query.query);
  writer->Key("found").Value(query.found);
  writer->Key("milliseconds").Value(query.milliseconds);
  writer->Key("hits").BeginArray();
  for (const RunHit& hit : query.hits) {
    writer->BeginArray().Value(hit.id).Value(hit.title).EndArray();
  }
  writer->EndArray();
  writer->Key("grades").BeginObject();
  for (const auto& [id, grade] : query.grades) writer->Key(id).Value(grade);
  writer->EndObject();
  writer->EndObject();
}

// Reads members of one object; remembers the first mistake.
class Members {
 public:
  Members(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  const Json* Get(std::string_view name, bool (Json::*is)() const) {
    const Json* member = json_.Find(name);
    if (member != nullptr && (member->*is)()) return member;
    if (status_.ok()) {
      status_ = InvalidArgument("{}: `{}` is {}", where_, name,
                                member == nullptr ? "missing" : member->TypeNameWithArticle());
    }
    return nullptr;
  }

  std::string Text(std::string_view name) {
    const Json* member = Get(name, &Json::is_string);
    return member == nullptr ? "" : member->as_string();
  }

  uint64_t Count(std::string_view name) {
    const Json* member = Get(name, &Json::is_int);
    if (member != nullptr && member->as_int() < 0 && status_.ok()) {
      status_ = InvalidArgument("{}: `{}` is negative", where_, name);
    }
    return member == nullptr ? 0 : static_cast<uint64_t>(std::max<int64_t>(0, member->as_int()));
  }

  std::optional<uint64_t> CountOrNull(std::string_view name) {
    const Json* member = json_.Find(name);
    if (member == nullptr || member->is_null()) return std::nullopt;
    return Count(name);
  }

  const absl::Status& status() const { return status_; }

 private:
  const Json& json_;
  const std::string where_;
  absl::Status status_;
};

absl::StatusOr<std::vector<RunHit>> ReadHits(const Json& json) {
  std::vector<RunHit> hits;
  std::set<std::string_view> ids;
  for (const Json& hit : json.as_array()) {
    const Json::Array* parts = hit.is_array() ? &hit.as_array() : nullptr;
    if (parts == nullptr || parts->size() != 2 || !(*parts)[0].is_string() ||
        !(*parts)[1].is_string()) {
      return InvalidArgument("a hit is {}: expected [id, title]", hit.Dump());
    }
    if (!ids.insert((*parts)[0].as_string()).second) {
      return InvalidArgument("the hit `{}` is there twice", (*parts)[0].as_string());
    }
    hits.push_back({(*parts)[0].as_string(), (*parts)[1].as_string()});
  }
  return hits;
}

absl::StatusOr<Grades> ReadGrades(const Json& json) {
  Grades grades;
  for (const auto& [id, grade] : json.as_object()) {
    if (!grade.is_int() || grade.as_int() < 0 || grade.as_int() > kGradeMax) {
      return InvalidArgument("the grade of `{}` is {}: allowed are 0..{}", id, grade.Dump(),
                             kGradeMax);
    }
    grades[id] = static_cast<int>(grade.as_int());
  }
  return grades;
}

absl::StatusOr<QueryRun> ReadQuery(const Json& json, size_t number) {
  const std::string where = fmt::format("query {}", number);
  Members members(json, where);
  QueryRun query;
  query.query = members.Text("query");
  query.found = members.Count("found");
  const Json* milliseconds = members.Get("milliseconds", &Json::is_number);
  const Json* hits = members.Get("hits", &Json::is_array);
  const Json* grades = members.Get("grades", &Json::is_object);
  RETURN_IF_ERROR(members.status());
  query.milliseconds = milliseconds->as_double();
  absl::StatusOr<std::vector<RunHit>> read = ReadHits(*hits);
  RETURN_IF_ERROR(WithContext(read.status(), where));
  query.hits = *std::move(read);
  absl::StatusOr<Grades> graded = ReadGrades(*grades);
  RETURN_IF_ERROR(WithContext(graded.status(), where));
  query.grades = *std::move(graded);
  return query;
}

}  // namespace

std::vector<std::string> QueryRun::ids() const {
  std::vector<std::string> ids;
  ids.reserve(hits.size());
  for (const RunHit& hit : hits) ids.push_back(hit.id);
  return ids;
}

std::string WriteRun(const Run& run) {
  std::string text;
  JsonWriter writer(&text);
  writer.BeginObject();
  writer.Key(kVersionKey).Value(kVersion);
  writer.Key("name").Value(run.name);
  writer.Key("source").Value(run.source);
  writer.Key("parameters").Value(run.parameters);
  writer.Key("made_at").Value(run.made_at);
  writer.Key("depth").Value(static_cast<uint64_t>(run.depth));
  if (run.documents) writer.Key("documents").Value(*run.documents);
  if (run.absent) writer.Key("absent").Value(*run.absent);
  writer.Key("queries").BeginArray();
  for (const QueryRun& query : run.queries) {
    WriteQuery(query, &writer);
    writer.Break();  // a query a line: files can be compared with `diff`
  }
  writer.EndArray().EndObject().Break();
  return text;
}

absl::StatusOr<Run> ReadRun(std::string_view text) {
  ASSIGN_OR_RETURN(const Json json, ParseJson(text));
  const Json* version = json.Find(kVersionKey);
  if (version == nullptr) {
    return InvalidArgument("it is no run of an evaluation");
  }
  if (*version != Json(kVersion)) {
    return InvalidArgument("it is a run of version {}: this program reads {}", version->Dump(),
                           kVersion);
  }
  Members members(json, "the run");
  Run run;
  run.name = members.Text("name");
  run.source = members.Text("source");
  run.made_at = static_cast<int64_t>(members.Count("made_at"));
  run.depth = members.Count("depth");
  run.documents = members.CountOrNull("documents");
  run.absent = members.CountOrNull("absent");
  const Json* parameters = members.Get("parameters", &Json::is_object);
  const Json* queries = members.Get("queries", &Json::is_array);
  RETURN_IF_ERROR(members.status());
  run.parameters = *parameters;
  std::set<std::string> seen;
  for (const Json& query : queries->as_array()) {
    ASSIGN_OR_RETURN(run.queries.emplace_back(), ReadQuery(query, run.queries.size() + 1));
    if (!seen.insert(run.queries.back().query).second) {
      return InvalidArgument("the query `{}` is there twice", run.queries.back().query);
    }
  }
  if (run.queries.empty()) return InvalidArgument("the run has no queries");
  return run;
}

}  // namespace aisle
