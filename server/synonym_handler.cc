// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/synonym_handler.h"

#include "server/request_parameters.h"

namespace aisle {
namespace {

HttpResponse Answer(const absl::StatusOr<SynonymSet>& set) {
  return set.ok() ? JsonResponse(200, set->ToJson().Dump()) : ErrorResponse(set.status());
}

absl::StatusOr<SynonymSet> Put(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(const Json body, ParseJson(context.request.body));
  ASSIGN_OR_RETURN(SynonymSet set, SynonymSet::FromJson(context.path_values[0], body));
  RETURN_IF_ERROR(context.engine->PutSynonymSet(set));
  return set;
}

}  // namespace

HttpResponse ListSynonymSets(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  Json::Array sets;
  for (const SynonymSet& set : context.engine->ListSynonymSets()) sets.push_back(set.ToJson());
  return JsonResponse(200, Json(std::move(sets)).Dump());
}

HttpResponse GetSynonymSet(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  return Answer(context.engine->GetSynonymSet(context.path_values[0]));
}

HttpResponse PutSynonymSet(const RequestContext& context) { return Answer(Put(context)); }

HttpResponse DeleteSynonymSet(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  return Answer(context.engine->DropSynonymSet(context.path_values[0]));
}

}  // namespace aisle
