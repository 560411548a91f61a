// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eval_target.h"

#include <chrono>
#include <utility>

#include "core/schema.h"
#include "engine/engine.h"
#include "server/search_codec.h"

namespace aisle {
namespace {

class Stopwatch {
 public:
  double milliseconds() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_)
        .count();
  }

 private:
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// The id and the title of a document with just these fields.
absl::StatusOr<RunHit> HitOf(const Json& document, const std::string& title_field) {
  const Json* id = document.Find("id");
  if (id == nullptr || !id->is_string()) return Internal("a hit has no id: {}", document.Dump());
  RunHit hit{.id = id->as_string()};
  const Json* title = document.Find(title_field);
  if (title == nullptr || title->is_null()) return hit;
  hit.title = title->is_string() ? title->as_string() : title->Dump();
  return hit;
}

Json WithFields(const Json& parameters, const std::string& title_field) {
  Json asked = parameters;
  asked.Set("include_fields", title_field.empty() ? "id" : "id," + title_field);
  asked.Set("highlight_fields", "none");
  return asked;
}

class ServerEvalTarget final : public EvalTarget {
 public:
  ServerEvalTarget(ServerConnection connection, Json collection, EvalCollection names)
      : connection_(std::move(connection)),
        collection_(std::move(collection)),
        names_(std::move(names)) {}

  absl::StatusOr<EvalAnswer> Ask(const Json& parameters) override {
    const Json asked = WithFields(parameters, names_.title_field);
    const Stopwatch stopwatch;
    ASSIGN_OR_RETURN(const Json json,
                     connection_.Call(HttpMethod::kPost,
                                      CollectionPath(names_.name, "/documents/search"), &asked));
    EvalAnswer answer{.milliseconds = stopwatch.milliseconds()};
    const Json* found = json.Find("found");
    const Json* hits = json.Find("hits");
    if (found == nullptr || !found->is_int() || hits == nullptr || !hits->is_array()) {
      return absl::UnavailableError(
          fmt::format("what answers at {} is not Aisle; check --url", connection_.url()));
    }
    answer.found = static_cast<uint64_t>(found->as_int());
    for (const Json& hit : hits->as_array()) {
      const Json* document = hit.Find("document");
      if (document == nullptr) return Internal("a hit has no document: {}", hit.Dump());
      ASSIGN_OR_RETURN(answer.hits.emplace_back(), HitOf(*document, names_.title_field));
    }
    return answer;
  }

  const Json& collection() const override { return collection_; }
  std::optional<bool> Has(const std::string&) override { return std::nullopt; }

 private:
  ServerConnection connection_;
  const Json collection_;
  const EvalCollection names_;
};

class EngineEvalTarget final : public EvalTarget {
 public:
  EngineEvalTarget(std::unique_ptr<Engine> engine, Json collection, EvalCollection names)
      : engine_(std::move(engine)), collection_(std::move(collection)), names_(std::move(names)) {}

  absl::StatusOr<EvalAnswer> Ask(const Json& parameters) override {
    ASSIGN_OR_RETURN(const Parameters decoded,
                     ParametersOf(WithFields(parameters, names_.title_field), "the search"));
    ASSIGN_OR_RETURN(const SearchRequest request, DecodeSearch(decoded));
    const Stopwatch stopwatch;
    ASSIGN_OR_RETURN(const auto response, engine_->Search(names_.name, request));
    EvalAnswer answer{.found = response->found, .milliseconds = stopwatch.milliseconds()};
    for (const Hit& hit : response->hits) {
      ASSIGN_OR_RETURN(const Json document, ParseJson(hit.document));
      ASSIGN_OR_RETURN(answer.hits.emplace_back(), HitOf(document, names_.title_field));
    }
    return answer;
  }

  const Json& collection() const override { return collection_; }
  std::optional<bool> Has(const std::string& id) override {
    return engine_->GetDocument(names_.name, id).ok();
  }

 private:
  std::unique_ptr<Engine> engine_;
  const Json collection_;
  const EvalCollection names_;
};

EvalCollection WithTitle(EvalCollection names, const Json& collection) {
  if (names.title_field.empty()) names.title_field = TitleField(collection);
  return names;
}

}  // namespace

absl::StatusOr<std::unique_ptr<EvalTarget>> MakeServerEvalTarget(ServerConnection connection,
                                                                 const EvalCollection& collection) {
  ASSIGN_OR_RETURN(Json json, connection.Call(HttpMethod::kGet, CollectionPath(collection.name)));
  EvalCollection names = WithTitle(collection, json);
  return std::unique_ptr<EvalTarget>(
      std::make_unique<ServerEvalTarget>(std::move(connection), std::move(json), std::move(names)));
}

absl::StatusOr<std::unique_ptr<EvalTarget>> MakeEngineEvalTarget(const std::string& data_dir,
                                                                 const EvalCollection& collection) {
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Open({.data_dir = data_dir});
  if (absl::IsFailedPrecondition(engine.status())) {
    return FailedPrecondition(
        "{}; ask the server that has it open with --url instead of --data-dir",
        Message(engine.status()));
  }
  RETURN_IF_ERROR(engine.status());
  ASSIGN_OR_RETURN(const CollectionInfo info, (*engine)->GetCollection(collection.name));
  RETURN_IF_ERROR((*engine)->TakeInWords(collection.name));
  Json json = info.schema.ToJson();
  json.Set("num_documents", static_cast<int64_t>(info.num_documents));
  EvalCollection names = WithTitle(collection, json);
  return std::unique_ptr<EvalTarget>(
      std::make_unique<EngineEvalTarget>(*std::move(engine), std::move(json), std::move(names)));
}

std::string TitleField(const Json& collection) {
  const absl::StatusOr<Schema> schema = Schema::FromJson(collection);
  if (!schema.ok()) return "";
  for (const std::string_view usual : {"title", "name"}) {
    if (schema->Find(usual) != nullptr) return std::string(usual);
  }
  for (const Field& field : schema->fields()) {
    if (field.type == FieldType::kString) return field.name;
  }
  return "";
}

}  // namespace aisle
