// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>
#include <vector>

#include "cli/import_target.h"

#include "core/limits.h"
#include "server/status_http.h"

namespace aisle {
namespace {

absl::StatusOr<Json> ParseDocument(std::string_view text) {
  ASSIGN_OR_RETURN(Json document, ParseJson(text));
  if (!document.is_object()) {
    return InvalidArgument("the document is {}: it must be a JSON object", document.TypeName());
  }
  return document;
}

class EngineTarget final : public ImportTarget {
 public:
  explicit EngineTarget(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

  absl::StatusOr<Json> GetCollection(const std::string& name) override {
    ASSIGN_OR_RETURN(const CollectionInfo info, engine_->GetCollection(name));
    Json json = info.schema.ToJson();
    json.Set("num_documents", static_cast<int64_t>(info.num_documents));
    json.Set("shards", static_cast<int64_t>(info.shards));
    return json;
  }

  absl::Status CreateCollection(const Json& collection) override {
    ASSIGN_OR_RETURN(Schema schema, Schema::FromJson(collection));
    const Json* shards = collection.Find("shards");
    if (shards == nullptr) return engine_->CreateCollection(std::move(schema)).status();
    const int64_t max = limits::kShardsMax;
    if (!shards->is_int() || shards->as_int() < 1 || shards->as_int() > max) {
      return InvalidArgument("shards is {}: allowed are whole numbers from 1 to {}", shards->Dump(),
                             max);
    }
    return engine_->CreateCollection(std::move(schema), static_cast<uint32_t>(shards->as_int()))
        .status();
  }

  absl::Status Import(const ImportDestination& destination, const NextDocument& next,
                      const OnImportResult& on_result) override {
    std::string json;
    for (bool more = true; more;) {
      std::vector<absl::StatusOr<Json>> batch;
      size_t bytes = 0;
      // One more document always fits.
      while (batch.size() < limits::kImportBatchDocuments &&
             bytes <= limits::kImportBatchBytes - limits::kDocumentBytesMax) {
        more = next(&json);
        if (!more) break;
        bytes += json.size();
        batch.push_back(ParseDocument(json));
      }
      if (!batch.empty()) RETURN_IF_ERROR(Write(destination, std::move(batch), on_result));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Write(const ImportDestination& destination, std::vector<absl::StatusOr<Json>> batch,
                     const OnImportResult& on_result) {
    ASSIGN_OR_RETURN(const auto results,
                     engine_->WriteDocuments(destination.collection, destination.action,
                                             std::move(batch), {.urgency = Urgency::kBulk}));
    for (const absl::StatusOr<Json>& result : results) {
      if (result.ok()) {
        on_result({.success = true});
      } else {
        on_result({.code = HttpStatusOf(result.status()),
                   .error = std::string(Message(result.status()))});
      }
    }
    return absl::OkStatus();
  }

  std::unique_ptr<Engine> engine_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ImportTarget>> MakeEngineTarget(const std::string& data_dir) {
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Open({.data_dir = data_dir});
  if (absl::IsFailedPrecondition(engine.status())) {
    return FailedPrecondition(
        "{}; import through the server that has it open with --url instead of --data-dir",
        Message(engine.status()));
  }
  RETURN_IF_ERROR(engine.status());
  return std::unique_ptr<ImportTarget>(std::make_unique<EngineTarget>(*std::move(engine)));
}

}  // namespace aisle
