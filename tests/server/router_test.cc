// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Router::Match Find(HttpMethod method, std::string_view path) {
  static const auto* const kRouter = new Router(Endpoints());
  const auto target = ParseTarget(path);
  EXPECT_TRUE(target.ok()) << target.status();
  return kRouter->Find(method, target->segments);
}

std::string_view NameOf(HttpMethod method, std::string_view path) {
  const Router::Match match = Find(method, path);
  return match.endpoint == nullptr ? "none" : match.endpoint->name;
}

TEST(Router, FindsEveryEndpointByItsOwnPattern) {
  for (const Endpoint& endpoint : Endpoints()) {
    std::string path(endpoint.pattern);
    for (size_t brace; (brace = path.find('{')) != std::string::npos;) {
      path.replace(brace, path.find('}') - brace + 1, "some%20name");
    }
    const Router::Match match = Find(endpoint.method, path);
    EXPECT_EQ(match.endpoint, &endpoint) << endpoint.pattern;
    EXPECT_EQ(&Endpoints()[match.index], &endpoint);
    const int kinds = (endpoint.handler != nullptr) + (endpoint.download != nullptr) +
                      (endpoint.upload != nullptr);
    EXPECT_EQ(kinds, 1) << endpoint.pattern;
  }
}

TEST(Router, TakesValuesFromThePath) {
  EXPECT_THAT(Find(HttpMethod::kGet, "/collections/a%2Fb/documents/%C3%A9").path_values,
              ElementsAre("a/b", "\xC3\xA9"));
  EXPECT_THAT(Find(HttpMethod::kGet, "/health").path_values, IsEmpty());
}

TEST(Router, PrefersLiteralSegments) {
  EXPECT_EQ(NameOf(HttpMethod::kGet, "/collections/c/documents/search"), "search");
  EXPECT_EQ(NameOf(HttpMethod::kGet, "/collections/c/documents/searching"), "get_document");
  EXPECT_EQ(NameOf(HttpMethod::kGet, "/collections/search/documents/export"), "export");
}

TEST(Router, AnswersHeadWhereGetIs) {
  EXPECT_EQ(NameOf(HttpMethod::kHead, "/health"), "health");
  EXPECT_EQ(NameOf(HttpMethod::kHead, "/multi_search"), "none");
}

TEST(Router, ListsTheMethodsOfAPath) {
  const Router::Match match = Find(HttpMethod::kPut, "/collections/c/documents/1");
  EXPECT_EQ(match.endpoint, nullptr);
  EXPECT_EQ(match.allow, "GET, HEAD, PATCH, DELETE");
  // The search path is not a document, although it fits the pattern.
  EXPECT_EQ(Find(HttpMethod::kPatch, "/collections/c/documents/search").allow, "GET, HEAD, POST");
}

TEST(Router, ExplainsWhatIsMissing) {
  HttpRequest request;
  request.method = HttpMethod::kPut;
  const HttpResponse wrong_method =
      NoEndpoint(Find(HttpMethod::kPut, "/health"), request, "/health");
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_EQ(wrong_method.headers.Find("Allow"), "GET, HEAD");
  EXPECT_THAT(wrong_method.body, HasSubstr("PUT is not allowed at /health"));
  for (const char* path : {"/nothing", "/collections//documents", "/", "/health/x"}) {
    const HttpResponse missing = NoEndpoint(Find(HttpMethod::kPut, path), request, path);
    EXPECT_EQ(missing.status, 404) << path;
    EXPECT_THAT(missing.body, HasSubstr(path));
  }
}

}  // namespace
}  // namespace aisle
