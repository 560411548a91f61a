// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "server/auth.h"
#include "server/cors.h"
#include "server/response_head.h"
#include "server/status_http.h"

namespace aisle {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(HttpHeaders, CompareWithoutCase) {
  HttpHeaders headers;
  headers.Add("Content-Type", "a");
  EXPECT_EQ(headers.Find("content-TYPE"), "a");
  EXPECT_TRUE(headers.Has("CONTENT-TYPE"));
  EXPECT_FALSE(headers.Has("Content"));
}

TEST(ValidUtf8, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(ValidUtf8("a\xFF\xC3\xA9", 100), "a\xEF\xBF\xBD\xC3\xA9");
  EXPECT_EQ(ValidUtf8("\xC0\x80", 100), "\xEF\xBF\xBD\xEF\xBF\xBD");  // overlong
  EXPECT_EQ(ValidUtf8("\xE2\x82", 100), "\xEF\xBF\xBD\xEF\xBF\xBD");  // cut off
  EXPECT_EQ(ValidUtf8("\xF0\x9F\x91\x9F", 100), "\xF0\x9F\x91\x9F");
  EXPECT_FALSE(IsValidUtf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_TRUE(IsValidUtf8("\xF4\x8F\xBF\xBF"));
}

TEST(ValidUtf8, CutsBetweenCharacters) {
  EXPECT_EQ(ValidUtf8("ab\xC3\xA9", 3), "ab");
  EXPECT_EQ(ValidUtf8("ab\xC3\xA9", 4), "ab\xC3\xA9");
}

TEST(ErrorResponse, IsValidJsonWhateverTheMessage) {
  const HttpResponse response = ErrorResponse(NotFound("no \"{}\"", "\xFF\n"));
  EXPECT_EQ(response.status, 404);
  const auto json = ParseJson(response.body);
  ASSERT_TRUE(json.ok()) << response.body;
  EXPECT_EQ(json->Find("message")->as_string(), "no \"\xEF\xBF\xBD\n\"");
}

TEST(StatusHttp, MapsEveryKindOfError) {
  EXPECT_EQ(HttpStatusOf(InvalidArgument("x")), 400);
  EXPECT_EQ(HttpStatusOf(AlreadyExists("x")), 409);
  EXPECT_EQ(HttpStatusOf(FailedPrecondition("x")), 422);
  EXPECT_EQ(HttpStatusOf(ResourceExhausted("too many shards")), 429);
  EXPECT_EQ(HttpStatusOf(ResourceExhausted("the disk is full")), 507);
  EXPECT_EQ(HttpStatusOf(absl::UnavailableError("x")), 503);
  EXPECT_EQ(HttpStatusOf(DataLoss("x")), 500);
  EXPECT_EQ(ErrorResponse(absl::UnavailableError("x")).headers.Find("Retry-After"), "1");
}

HttpRequest WithHeader(std::string_view name, std::string_view value) {
  HttpRequest request;
  request.headers.Add(name, value);
  return request;
}

TEST(Auth, AcceptsTheKeyInEveryPlace) {
  const Auth auth("secret");
  EXPECT_TRUE(auth.Check(WithHeader("x-aisle-api-key", "secret"), {}).ok());
  EXPECT_TRUE(auth.Check(WithHeader("X-TYPESENSE-API-KEY", "secret"), {}).ok());
  EXPECT_TRUE(auth.Check(WithHeader("Authorization", "bearer  secret"), {}).ok());
  EXPECT_TRUE(auth.Check({}, *QueryString::Parse("x-typesense-api-key=secret")).ok());
}

TEST(Auth, RefusesAllElse) {
  const Auth auth("secret");
  for (const char* key : {"", "secre", "secrets", "Secret", "secret "}) {
    const absl::Status status = auth.Check(WithHeader("X-AISLE-API-KEY", key), {});
    EXPECT_TRUE(absl::IsUnauthenticated(status)) << key;
    EXPECT_THAT(Message(status), Not(HasSubstr("secret")));
  }
  EXPECT_FALSE(auth.Check(WithHeader("Authorization", "Basic secret"), {}).ok());
  EXPECT_FALSE(auth.Check(WithHeader("Authorization", "secret"), {}).ok());
  EXPECT_FALSE(auth.Check({}, *QueryString::Parse("x-aisle-api-key=secret")).ok());
  EXPECT_TRUE(Auth("").Check({}, {}).ok());
}

TEST(Cors, AllowsTheConfiguredOrigins) {
  HttpResponse any, named, other, none;
  Cors({"*"}).AddHeaders(WithHeader("Origin", "https://a.test"), &any);
  EXPECT_EQ(any.headers.Find("Access-Control-Allow-Origin"), "*");
  const Cors cors({"https://a.test"});
  cors.AddHeaders(WithHeader("Origin", "https://a.test"), &named);
  EXPECT_EQ(named.headers.Find("Access-Control-Allow-Origin"), "https://a.test");
  EXPECT_EQ(named.headers.Find("Vary"), "Origin");
  cors.AddHeaders(WithHeader("Origin", "https://b.test"), &other);
  EXPECT_FALSE(other.headers.Has("Access-Control-Allow-Origin"));
  Cors({}).AddHeaders(WithHeader("Origin", "https://a.test"), &none);
  EXPECT_FALSE(none.headers.Has("Access-Control-Allow-Origin"));
}

TEST(ResponseHead, FramesTheBody) {
  HttpResponse response;
  response.headers.Add("ETag", "\"x\"");
  const std::string sized = ResponseHead(response, {.size = 12});
  EXPECT_THAT(sized, StartsWith("HTTP/1.1 200 OK\r\nDate: "));
  EXPECT_THAT(sized, HasSubstr("\r\nContent-Length: 12\r\n"));
  EXPECT_THAT(sized, HasSubstr("\r\nETag: \"x\"\r\n"));
  EXPECT_THAT(sized, EndsWith("Connection: keep-alive\r\n\r\n"));
  const std::string chunked =
      ResponseHead(response, {.size = std::nullopt, .chunked = true, .keep_alive = false});
  EXPECT_THAT(chunked, HasSubstr("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
  EXPECT_THAT(chunked, Not(HasSubstr("Content-Length")));
  response.status = 304;
  EXPECT_THAT(ResponseHead(response, {.size = 0}), Not(HasSubstr("Content-Length")));
  EXPECT_EQ(Chunk(std::string(20, 'x')), "14\r\n" + std::string(20, 'x') + "\r\n");
}

}  // namespace
}  // namespace aisle
