// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/multi_search_handler.h"

#include "core/limits.h"
#include "server/search_codec.h"
#include "server/search_writer.h"
#include "server/status_http.h"

namespace aisle {
namespace {

constexpr size_t kErrorBytesMax = 8192;

// Appends the answer to one element of `searches`; nothing if it fails.
absl::Status SearchOne(const RequestContext& context, const Json& search, const Parameters& common,
                       JsonWriter* writer) {
  ASSIGN_OR_RETURN(Parameters own, ParametersOf(search, "the search"));
  const Parameters parameters = WithDefaults(std::move(own), common);
  const auto collection = std::find_if(parameters.begin(), parameters.end(), [](const auto& known) {
    return known.first == "collection";
  });
  if (collection == parameters.end() || !collection->second.is_string()) {
    return InvalidArgument("collection is {}: it must be the name of the collection to search",
                           collection == parameters.end() ? "missing" : Shown(collection->second));
  }
  const std::string& name = collection->second.as_string();
  ASSIGN_OR_RETURN(const SearchRequest request, DecodeSearch(parameters));
  ASSIGN_OR_RETURN(const SearchResponse response, context.engine->Search(name, request));
  WriteSearchResponse(name, request, response, writer);
  return absl::OkStatus();
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
  std::string answer;
  JsonWriter writer(&answer);
  writer.BeginObject().Key("results").BeginArray();
  for (const Json& search : searches->as_array()) {
    const absl::Status status = SearchOne(context, search, common, &writer);
    if (status.ok()) continue;
    writer.BeginObject().Key("code").Value(HttpStatusOf(status));
    writer.Key("error").Value(ValidUtf8(Message(status), kErrorBytesMax)).EndObject();
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
