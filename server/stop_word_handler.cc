// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shapes are Typesense's: lists and single sets stand in a member `stopwords`, what was put
// stands alone, and of what was deleted the id is left.
#include "server/stop_word_handler.h"

#include "server/request_parameters.h"

namespace aisle {
namespace {

HttpResponse Answer(const absl::StatusOr<Json>& json) {
  return json.ok() ? JsonResponse(200, json->Dump()) : ErrorResponse(json.status());
}

Json InStopwords(Json json) { return Json(Json::Object{{"stopwords", std::move(json)}}); }

absl::StatusOr<Json> List(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  Json::Array sets;
  for (const StopWordSet& set : context.engine->ListStopWordSets()) sets.push_back(set.ToJson());
  return InStopwords(Json(std::move(sets)));
}

absl::StatusOr<Json> Get(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(const StopWordSet set, context.engine->GetStopWordSet(context.path_values[0]));
  return InStopwords(set.ToJson());
}

absl::StatusOr<Json> Put(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(const Json body, ParseJson(context.request.body));
  ASSIGN_OR_RETURN(StopWordSet set, StopWordSet::FromJson(context.path_values[0], body));
  Json json = set.ToJson();
  RETURN_IF_ERROR(context.engine->PutStopWordSet(std::move(set)));
  return json;
}

absl::StatusOr<Json> Delete(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(const StopWordSet set, context.engine->DropStopWordSet(context.path_values[0]));
  return Json(Json::Object{{"id", set.name}});
}

}  // namespace

HttpResponse ListStopWordSets(const RequestContext& context) { return Answer(List(context)); }
HttpResponse GetStopWordSet(const RequestContext& context) { return Answer(Get(context)); }
HttpResponse PutStopWordSet(const RequestContext& context) { return Answer(Put(context)); }
HttpResponse DeleteStopWordSet(const RequestContext& context) { return Answer(Delete(context)); }

}  // namespace aisle
