// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/feed_handler.h"

#include <vector>

#include "core/json_writer.h"
#include "core/limits.h"
#include "engine/feeds.h"
#include "server/document_handler.h"
#include "server/import_batch.h"
#include "server/request_parameters.h"
#include "server/status_http.h"

namespace aisle {
namespace {

constexpr size_t kShownEventBytesMax = 1024;

HttpResponse Answer(int status, const absl::StatusOr<Json>& json) {
  return json.ok() ? JsonResponse(status, json->Dump()) : ErrorResponse(json.status());
}

// The body as an object; an empty body is an empty one.
absl::StatusOr<Json> ReadBody(const RequestContext& context,
                              std::initializer_list<std::string_view> allowed) {
  if (context.request.body.empty()) return Json(Json::Object());
  ASSIGN_OR_RETURN(Json body, ParseJson(context.request.body));
  if (!body.is_object()) {
    return InvalidArgument("the body is {}: it must be a JSON object", body.TypeName());
  }
  for (const auto& [key, value] : body.as_object()) {
    if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
      return InvalidArgument("{} is unknown: allowed is {}", key, *allowed.begin());
    }
  }
  return body;
}

absl::StatusOr<Json> Create(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(const Json body, ParseJson(context.request.body));
  return context.engine->feeds().Create(body);
}

absl::StatusOr<Json> Get(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  return context.engine->feeds().Describe(context.path_values[0]);
}

absl::StatusOr<Json> Delete(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  return context.engine->feeds().Delete(context.path_values[0]);
}

absl::StatusOr<Json> SetPaused(const RequestContext& context, bool is_paused) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  return context.engine->feeds().SetPaused(context.path_values[0], is_paused);
}

absl::StatusOr<Json> Resnapshot(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  RETURN_IF_ERROR(context.engine->feeds().Resnapshot(context.path_values[0]));
  return Get(context);
}

absl::StatusOr<Json> Verify(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(const Json body, ReadBody(context, {"repair"}));
  const Json* repair = body.Find("repair");
  if (repair != nullptr && !repair->is_bool()) {
    return InvalidArgument("repair is {}: it must be true or false", Shown(*repair));
  }
  RETURN_IF_ERROR(context.engine->feeds().Verify(context.path_values[0],
                                                 repair != nullptr && repair->as_bool()));
  return Get(context);
}

void WriteResult(const ImportBatch::Line& line, const absl::Status& status, std::string* answer) {
  JsonWriter w(answer);
  w.BeginObject().Key("success").Value(status.ok());
  if (!status.ok()) {
    w.Key("error").Value(ValidUtf8(Message(status), kShownEventBytesMax));
    w.Key("code").Value(HttpStatusOf(status)).Key("line").Value(line.number);
  }
  w.EndObject();
  *answer += '\n';
}

// An error only if nothing has been applied: else the lines tell.
absl::StatusOr<std::string> Send(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  std::string answer;
  ImportBatch batch;
  std::string_view left = context.request.body;
  while (true) {
    left.remove_prefix(batch.Take(left));
    if (left.empty()) batch.End();
    const std::vector<ImportBatch::Line> lines = batch.Lines();
    std::vector<Feeds::SentEvent> events;
    for (const ImportBatch::Line& line : lines) events.push_back({line.text, line.length});
    const auto results = context.engine->feeds().Send(context.path_values[0], events);
    if (!results.ok() && answer.empty()) return results.status();
    for (size_t i = 0; i < lines.size(); ++i) {
      WriteResult(lines[i], results.ok() ? (*results)[i] : results.status(), &answer);
    }
    if (left.empty()) return answer;
    batch.Clear();
  }
}

void WriteDeadLetter(const DeadLetter& letter, JsonWriter* w) {
  w->BeginObject().Key("number").Value(letter.number).Key("position").Value(letter.position);
  w->Key("id").Value(ValidUtf8(letter.id, limits::kIdBytesMax * 2));
  w->Key("reason").Value(ValidUtf8(letter.reason, kShownEventBytesMax));
  w->Key("payload").Value(ValidUtf8(letter.payload, limits::kDeadLetterPayloadBytesMax));
  w->Key("created_at").Value(letter.created_at).EndObject();
}

absl::StatusOr<uint64_t> ReadNumber(const QueryString& query, std::string_view name,
                                    uint64_t otherwise, WholeRange range) {
  const std::string* text = query.Find(name);
  if (text == nullptr) return otherwise;
  uint64_t number = 0;
  const Mistake mistake = ReadWhole(Json(*text), range, &number);
  if (!mistake.empty()) return InvalidArgument("{} is {}: {}", name, *text, mistake);
  return number;
}

absl::StatusOr<std::string> List(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({"after", "limit"}));
  ASSIGN_OR_RETURN(const uint64_t after,
                   ReadNumber(context.query(), "after", 0, {.min = 0, .max = INT64_MAX}));
  ASSIGN_OR_RETURN(const uint64_t limit,
                   ReadNumber(context.query(), "limit", 100,
                              {.min = 1, .max = limits::kDeadLettersPerAnswerMax}));
  ASSIGN_OR_RETURN(const std::vector<DeadLetter> letters,
                   context.engine->feeds().ReadDeadLetters(context.path_values[0], after, limit));
  std::string body;
  JsonWriter w(&body);
  w.BeginObject().Key("dead_letters").BeginArray();
  for (const DeadLetter& letter : letters) WriteDeadLetter(letter, &w);
  w.EndArray().EndObject();
  return body;
}

absl::StatusOr<std::vector<uint64_t>> NumbersOf(const std::vector<std::string>& texts) {
  std::vector<uint64_t> numbers;
  for (const std::string& text : texts) {
    const Mistake mistake =
        ReadWhole(Json(text), {.min = 1, .max = INT64_MAX}, &numbers.emplace_back());
    if (!mistake.empty()) return InvalidArgument("numbers has {}: {}", text, mistake);
  }
  return numbers;
}

absl::StatusOr<Json> Replay(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({}));
  ASSIGN_OR_RETURN(const Json body, ReadBody(context, {"numbers"}));
  std::vector<std::string> texts;
  if (const Json* numbers = body.Find("numbers"); numbers != nullptr) {
    if (!numbers->is_array() || numbers->as_array().empty()) {
      return InvalidArgument("numbers is {}: it must be an array of numbers of dead letters",
                             Shown(*numbers));
    }
    for (const Json& number : numbers->as_array()) texts.push_back(number.Dump());
  }
  ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers, NumbersOf(texts));
  ASSIGN_OR_RETURN(const uint64_t count,
                   context.engine->feeds().ReplayDeadLetters(context.path_values[0], numbers));
  return Json(Json::Object{{"replayed", static_cast<int64_t>(count)}});
}

absl::StatusOr<Json> Drop(const RequestContext& context) {
  RETURN_IF_ERROR(context.query().AllowOnly({"numbers", "all"}));
  ASSIGN_OR_RETURN(const bool all, ReadFlag(context.query(), "all", false));
  std::vector<std::string> texts;
  if (const std::string* list = context.query().Find("numbers"); list != nullptr) {
    ReadList(Json(*list), &texts);
  }
  if (all == !texts.empty()) {
    return InvalidArgument("say which dead letters to drop: numbers=1,2 or all=true");
  }
  ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers, NumbersOf(texts));
  ASSIGN_OR_RETURN(const uint64_t count,
                   context.engine->feeds().DropDeadLetters(context.path_values[0], numbers));
  return Json(Json::Object{{"dropped", static_cast<int64_t>(count)}});
}

}  // namespace

HttpResponse CreateFeed(const RequestContext& context) { return Answer(201, Create(context)); }
HttpResponse GetFeed(const RequestContext& context) { return Answer(200, Get(context)); }
HttpResponse DeleteFeed(const RequestContext& context) { return Answer(200, Delete(context)); }
HttpResponse PauseFeed(const RequestContext& context) {
  return Answer(200, SetPaused(context, true));
}
HttpResponse ResumeFeed(const RequestContext& context) {
  return Answer(200, SetPaused(context, false));
}
HttpResponse ResnapshotFeed(const RequestContext& context) {
  return Answer(202, Resnapshot(context));
}
HttpResponse VerifyFeed(const RequestContext& context) { return Answer(202, Verify(context)); }

HttpResponse ListFeeds(const RequestContext& context) {
  if (auto status = context.query().AllowOnly({}); !status.ok()) return ErrorResponse(status);
  std::string body;
  JsonWriter writer(&body);
  writer.BeginArray();
  for (const Json& feed : context.engine->feeds().DescribeAll()) writer.Value(feed);
  writer.EndArray();
  return JsonResponse(200, std::move(body));
}

HttpResponse SendEvents(const RequestContext& context) {
  auto answer = Send(context);
  if (!answer.ok()) return ErrorResponse(answer.status());
  HttpResponse response;
  response.content_type = kJsonLinesContentType;
  response.body = *std::move(answer);
  return response;
}

HttpResponse ListDeadLetters(const RequestContext& context) {
  auto body = List(context);
  return body.ok() ? JsonResponse(200, *std::move(body)) : ErrorResponse(body.status());
}

HttpResponse ReplayDeadLetters(const RequestContext& context) {
  return Answer(200, Replay(context));
}
HttpResponse DropDeadLetters(const RequestContext& context) { return Answer(200, Drop(context)); }

}  // namespace aisle
