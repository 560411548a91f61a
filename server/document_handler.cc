// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/document_handler.h"

#include <array>
#include <utility>

#include "core/json_writer.h"

namespace aisle {
namespace {

constexpr std::array<std::pair<std::string_view, WriteAction>, 4> kActions = {{
    {"create", WriteAction::kCreate},
    {"upsert", WriteAction::kUpsert},
    {"update", WriteAction::kUpdate},
    {"emplace", WriteAction::kEmplace},
}};

absl::StatusOr<Json> ParseDocument(const RequestContext& context) {
  ASSIGN_OR_RETURN(Json document, ParseJson(context.request.body));
  if (!document.is_object()) {
    return InvalidArgument("the document is {}: it must be a JSON object", document.TypeName());
  }
  return document;
}

absl::StatusOr<Json> WriteOne(const RequestContext& context, WriteAction action, Json document) {
  std::vector<absl::StatusOr<Json>> documents;
  documents.emplace_back(std::move(document));
  ASSIGN_OR_RETURN(auto results, context.engine->WriteDocuments(context.path_values[0], action,
                                                                std::move(documents)));
  return std::move(results.front());
}

absl::StatusOr<Json> Write(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({"action", "dirty_values"}));
  ASSIGN_OR_RETURN(const WriteAction action, ReadAction(context.query()));
  ASSIGN_OR_RETURN(Json document, ParseDocument(context));
  return WriteOne(context, action, std::move(document));
}

absl::StatusOr<Json> Update(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({"dirty_values"}));
  ASSIGN_OR_RETURN(Json document, ParseDocument(context));
  const std::string& id = context.path_values[1];
  if (const Json* given = document.Find("id"); given != nullptr && *given != Json(id)) {
    return InvalidArgument("id is {} in the body and \"{}\" in the path: an id cannot change",
                           given->Dump(), id);
  }
  document.Set("id", id);
  return WriteOne(context, WriteAction::kUpdate, std::move(document));
}

absl::StatusOr<uint64_t> UpdateMatches(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({"filter_by", "dirty_values"}));
  const std::string* filter = context.query().Find("filter_by");
  if (filter == nullptr || filter->empty()) {
    return InvalidArgument(
        "filter_by is missing: name the documents to update, such as filter_by=brand:=Nord");
  }
  ASSIGN_OR_RETURN(const Json patch, ParseDocument(context));
  return context.engine->UpdateByFilter(context.path_values[0], *filter, patch);
}

absl::StatusOr<uint64_t> DeleteMatches(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({"filter_by", "batch_size"}));
  const std::string* filter = context.query().Find("filter_by");
  if (filter == nullptr || filter->empty()) {
    return InvalidArgument(
        "filter_by is missing: name the documents to delete, such as filter_by=stock:=0");
  }
  return context.engine->DeleteByFilter(context.path_values[0], *filter);
}

HttpResponse Answer(int status, const absl::StatusOr<Json>& document) {
  return document.ok() ? JsonResponse(status, document->Dump()) : ErrorResponse(document.status());
}

}  // namespace

absl::StatusOr<WriteAction> ReadAction(const QueryString& query) {
  const std::string* text = query.Find("action");
  if (text == nullptr) return WriteAction::kCreate;
  for (const auto& [name, action] : kActions) {
    if (name == *text) return action;
  }
  return InvalidArgument("action is \"{}\": allowed are create, upsert, update and emplace", *text);
}

HttpResponse WriteDocument(const RequestContext& context) { return Answer(201, Write(context)); }

HttpResponse GetDocument(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  return Answer(200, context.engine->GetDocument(context.path_values[0], context.path_values[1]));
}

HttpResponse UpdateDocument(const RequestContext& context) { return Answer(200, Update(context)); }

HttpResponse UpdateByFilter(const RequestContext& context) {
  const auto updated = UpdateMatches(context);
  if (!updated.ok()) return ErrorResponse(updated.status());
  std::string body;
  JsonWriter(&body).BeginObject().Key("num_updated").Value(*updated).EndObject();
  return JsonResponse(200, std::move(body));
}

HttpResponse DeleteDocument(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  return Answer(200,
                context.engine->DeleteDocument(context.path_values[0], context.path_values[1]));
}

HttpResponse DeleteByFilter(const RequestContext& context) {
  const auto deleted = DeleteMatches(context);
  if (!deleted.ok()) return ErrorResponse(deleted.status());
  std::string body;
  JsonWriter(&body).BeginObject().Key("num_deleted").Value(*deleted).EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace aisle
