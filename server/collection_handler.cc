// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/collection_handler.h"

#include "core/json_writer.h"
#include "core/limits.h"
#include "server/request_parameters.h"

namespace aisle {
namespace {

void WriteCollection(const CollectionInfo& info, JsonWriter* writer) {
  Json json = info.schema.ToJson();
  json.Set("num_documents", static_cast<int64_t>(info.num_documents));
  json.Set("created_at", info.created_at);
  json.Set("shards", static_cast<int64_t>(info.shards));
  if (info.ranking != nullptr) json.Set("ranking", info.ranking->ToJson());
  writer->Value(json);
}

HttpResponse Answer(int status, const absl::StatusOr<CollectionInfo>& info) {
  if (!info.ok()) return ErrorResponse(info.status());
  std::string body;
  JsonWriter writer(&body);
  WriteCollection(*info, &writer);
  return JsonResponse(status, std::move(body));
}

// `shards` is the server's member of the body, all others are the schema's.
absl::StatusOr<uint32_t> TakeShards(Json* body) {
  const Json* shards = body->Find("shards");
  if (shards == nullptr) return 0;
  const int64_t max = limits::kShardsMax;
  if (!shards->is_int() || shards->as_int() < 1 || shards->as_int() > max) {
    return InvalidArgument("shards is {}: allowed are whole numbers from 1 to {}", shards->Dump(),
                           max);
  }
  const auto count = static_cast<uint32_t>(shards->as_int());
  body->Erase("shards");
  return count;
}

// The schema's own message does not tell a wrong name from none.
absl::Status CheckName(const Json& body) {
  const Json* name = body.Find("name");
  if (name == nullptr || !name->is_string()) {
    return InvalidArgument("name is {}: it must be a string of letters, digits, '_', '-' and '.'",
                           name == nullptr ? "missing" : Shown(*name));
  }
  return absl::OkStatus();
}

absl::StatusOr<CollectionInfo> Create(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(Json body, ParseJson(context.request.body));
  if (!body.is_object()) {
    return InvalidArgument("the schema is {}: it must be a JSON object", body.TypeName());
  }
  RETURN_IF_ERROR(CheckName(body));
  ASSIGN_OR_RETURN(const uint32_t shards, TakeShards(&body));
  const Json* given = body.Find("ranking");
  const Json ranking = given == nullptr ? Json() : *given;
  body.Erase("ranking");
  ASSIGN_OR_RETURN(Schema schema, Schema::FromJson(body));
  // Nothing is made with a ranking that is refused.
  RETURN_IF_ERROR(Ranking::FromJson(ranking, schema).status());
  const std::string name = schema.name();
  ASSIGN_OR_RETURN(CollectionInfo info,
                   context.engine->CreateCollection(std::move(schema), shards));
  if (ranking.is_null()) return info;
  return context.engine->SetRanking(name, ranking);
}

absl::StatusOr<CollectionInfo> Patch(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(const Json body, ParseJson(context.request.body));
  const Json* ranking = body.Find("ranking");
  if (ranking == nullptr || body.as_object().size() != 1) {
    return InvalidArgument(
        "the body is {}: allowed is an object with `ranking`, the one thing of a collection that "
        "can be changed",
        body.Dump().substr(0, 200));
  }
  return context.engine->SetRanking(context.path_values[0], *ranking);
}

}  // namespace

HttpResponse CreateCollection(const RequestContext& context) {
  return Answer(201, Create(context));
}

HttpResponse ListCollections(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  std::string body;
  JsonWriter writer(&body);
  writer.BeginArray();
  for (const CollectionInfo& info : context.engine->ListCollections())
    WriteCollection(info, &writer);
  writer.EndArray();
  return JsonResponse(200, std::move(body));
}

HttpResponse GetCollection(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  return Answer(200, context.engine->GetCollection(context.path_values[0]));
}

HttpResponse PatchCollection(const RequestContext& context) { return Answer(200, Patch(context)); }

HttpResponse DropCollection(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  return Answer(200, context.engine->DropCollection(context.path_values[0]));
}

}  // namespace aisle
