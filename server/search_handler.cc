// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/search_handler.h"

#include "server/search_codec.h"
#include "server/search_writer.h"

namespace aisle {
namespace {

absl::StatusOr<Parameters> SearchParameters(const RequestContext& context) {
  Parameters from_query = ParametersOf(context.query());
  if (context.request.body.empty()) return from_query;
  ASSIGN_OR_RETURN(const Json body, ParseJson(context.request.body));
  ASSIGN_OR_RETURN(Parameters from_body, ParametersOf(body, "the body"));
  return WithDefaults(std::move(from_body), from_query);
}

absl::StatusOr<std::string> Search(const RequestContext& context) {
  const std::string& collection = context.path_values[0];
  ASSIGN_OR_RETURN(const Parameters& parameters, SearchParameters(context));
  ASSIGN_OR_RETURN(const SearchRequest& request, DecodeSearch(parameters));
  ASSIGN_OR_RETURN(const auto& answer, context.engine->Search(collection, request));
  std::string body;
  JsonWriter writer(&body);
  WriteSearchResponse(collection, request, answer, &writer);
  return body;
}

}  // namespace

HttpResponse SearchDocuments(const RequestContext& context) {
  auto body = Search(context);
  return body.ok() ? JsonResponse(200, *std::move(body)) : ErrorResponse(body.status());
}

}  // namespace aisle
