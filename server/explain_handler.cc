// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/explain_handler.h"

#include <algorithm>

#include "core/json_writer.h"
#include "server/explanation_writer.h"
#include "server/search_codec.h"

namespace aisle {
namespace {

void WriteTexts(const std::vector<std::string>& texts, JsonWriter* w) {
  w->BeginArray();
  for (const std::string& text : texts) w->Value(text);
  w->EndArray();
}

void WriteExplanation(std::string_view id, const Explanation& explanation, JsonWriter* w) {
  w->BeginObject().Key("id").Value(id).Key("reason").Value(explanation.reason);
  w->Key("in_index").Value(explanation.in_index).Key("matches").Value(explanation.is_found);
  if (explanation.place) w->Key("place").Value(*explanation.place);
  w->Key("found").Value(explanation.found).Key("score").Value(explanation.score);
  w->Key("last_score_of_page").Value(explanation.last_score);
  WriteTexts(explanation.failed_filters, &w->Key("failed_filters"));
  if (!explanation.stop_words.empty()) {
    WriteTexts(explanation.stop_words, &w->Key("stop_words"));
  }
  WriteHitExplanation(explanation.hit, &w->Key("explanation"));
  w->EndObject();
}

absl::StatusOr<std::string> ExplainBody(const RequestContext& context) {
  Parameters parameters = ParametersOf(context.query());
  std::string id;
  const auto named = std::find_if(parameters.begin(), parameters.end(),
                                  [](const auto& parameter) { return parameter.first == "id"; });
  if (named == parameters.end()) {
    return InvalidArgument("id is missing: it names the product to explain");
  }
  if (const Mistake mistake = ReadText(named->second, &id); !mistake.empty()) {
    return InvalidArgument("id is {}: {}", Shown(named->second), mistake);
  }
  parameters.erase(named);
  ASSIGN_OR_RETURN(const SearchRequest& request, DecodeSearch(parameters));
  ASSIGN_OR_RETURN(const Explanation explanation,
                   context.engine->Explain(context.path_values[0], request, id));
  std::string body;
  JsonWriter writer(&body);
  WriteExplanation(id, explanation, &writer);
  return body;
}

}  // namespace

HttpResponse ExplainProduct(const RequestContext& context) {
  auto body = ExplainBody(context);
  return body.ok() ? JsonResponse(200, *std::move(body)) : ErrorResponse(body.status());
}

}  // namespace aisle
