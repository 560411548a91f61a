// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/suggest_handler.h"

#include "server/search_codec.h"
#include "server/search_writer.h"

namespace aisle {
namespace {

absl::StatusOr<std::string> SuggestBody(const RequestContext& context) {
  ASSIGN_OR_RETURN(const SuggestRequest& request, DecodeSuggest(ParametersOf(context.query())));
  ASSIGN_OR_RETURN(const auto& answer, context.engine->Suggest(context.path_values[0], request));
  std::string body;
  JsonWriter writer(&body);
  WriteSuggestResponse(request, answer, &writer);
  return body;
}

}  // namespace

HttpResponse Suggest(const RequestContext& context) {
  auto body = SuggestBody(context);
  return body.ok() ? JsonResponse(200, *std::move(body)) : ErrorResponse(body.status());
}

}  // namespace aisle
