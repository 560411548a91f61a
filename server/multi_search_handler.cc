// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/multi_search_handler.h"

#include "core/limits.h"
#include "server/search_codec.h"
#include "server/search_writer.h"
#include "server/status_http.h"

namespace aisle {
namespace {

constexpr size_t kErrorBytesMax = 8192;

absl::StatusOr<CollectionSearch> DecodeOne(const Json& search, const Parameters& common) {
  ASSIGN_OR_RETURN(Parameters own, ParametersOf(search, "the search"));
  const Parameters parameters = WithDefaults(std::move(own), common);
  const auto collection = std::find_if(parameters.begin(), parameters.end(), [](const auto& known) {
    return known.first == "collection";
  });
  if (collection == parameters.end() || !collection->second.is_string()) {
    return InvalidArgument("collection is {}: it must be the name of the collection to search",
                           collection == parameters.end() ? "missing" : Shown(collection->second));
  }
  ASSIGN_OR_RETURN(SearchRequest request, DecodeSearch(parameters));
  return CollectionSearch{collection->second.as_string(), std::move(request)};
}

void WriteError(const absl::Status& status, JsonWriter* writer) {
  writer->BeginObject().Key("code").Value(HttpStatusOf(status));
  writer->Key("error").Value(ValidUtf8(Message(status), kErrorBytesMax)).EndObject();
}

absl::StatusOr<std::string> SearchAll(const RequestContext& context) {
  ASSIGN_OR_RETURN(const Json body, ParseJson(context.request.body));
  const Json* searches = body.Find("searches");
  if (searches == nullptr || !searches->is_array()) {
    return InvalidArgument(
        "searches is {}: the body must be {{\"searches\": [{{\"collection\": ...}}]}}",
        searches == nullptr ? "missing" : Shown(*searches));
  }
  if (searches->as_array().size() > limits::kSearchesPerRequestMax) {
    return InvalidArgument("searches has {} elements: allowed are at most {}",
                           searches->as_array().size(), limits::kSearchesPerRequestMax);
  }
  if (const Json* merged = body.Find("union"); merged != nullptr && *merged != Json(false)) {
    return InvalidArgument("union is {}: merging the searches into one list is not offered",
                           Shown(*merged));
  }
  const Parameters common = ParametersOf(context.query());
  std::vector<absl::StatusOr<CollectionSearch>> asked;
  for (const Json& search : searches->as_array()) asked.push_back(DecodeOne(search, common));
  const auto responses = context.engine->SearchAll(asked);
  std::string answer;
  JsonWriter writer(&answer);
  writer.BeginObject().Key("results").BeginArray();
  for (size_t i = 0; i < asked.size(); ++i) {
    if (!responses[i].ok()) {
      WriteError(responses[i].status(), &writer);
      continue;
    }
    WriteSearchResponse(asked[i]->collection, asked[i]->request, *responses[i], &writer);
  }
  writer.EndArray().EndObject();
  return answer;
}

}  // namespace

HttpResponse MultiSearch(const RequestContext& context) {
  auto body = SearchAll(context);
  return body.ok() ? JsonResponse(200, *std::move(body)) : ErrorResponse(body.status());
}

}  // namespace aisle
