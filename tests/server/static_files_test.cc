// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/static_files.h"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/compression.h"

namespace aisle {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

HttpRequest Get(std::string_view header = "Accept", std::string_view value = "*/*") {
  HttpRequest request;
  request.method = HttpMethod::kGet;
  request.headers.Add(header, value);
  return request;
}

TEST(StaticFiles, AreTheBytesOfTheFolder) {
  ASSERT_FALSE(EmbeddedFiles().empty());
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    std::ifstream stream("web" + std::string(file.path), std::ios::binary);
    ASSERT_TRUE(stream) << file.path;
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    EXPECT_TRUE(file.bytes == bytes.str()) << file.path << " differs";
    EXPECT_EQ(file.path.find("node_modules"), std::string_view::npos);
    EXPECT_FALSE(file.path.starts_with("/test")) << file.path;
    if (file.gzip.empty()) continue;
    GzipReader reader(1000);
    std::string unpacked;
    std::string_view input = file.gzip;
    ASSERT_TRUE(reader.Read(&input, file.bytes.size() + 1, &unpacked).ok());
    EXPECT_TRUE(unpacked == file.bytes) << file.path;
  }
}

TEST(StaticFiles, AnswerWithSecurityHeaders) {
  const auto response = AnswerStaticFile(Get(), "/");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->content_type, "text/html; charset=utf-8");
  EXPECT_THAT(response->headers.Find("Content-Security-Policy"), StartsWith("default-src 'self';"));
  EXPECT_EQ(response->headers.Find("X-Content-Type-Options"), "nosniff");
  EXPECT_FALSE(response->headers.Find("Referrer-Policy").empty());
  EXPECT_EQ(response->headers.Find("Cache-Control"), "no-cache");
  EXPECT_EQ(AnswerStaticFile(Get(), "/index.html")->body, response->body);
}

TEST(StaticFiles, AreNotSentTwice) {
  const std::string etag(AnswerStaticFile(Get(), "/")->headers.Find("ETag"));
  for (const std::string& seen : {etag, "\"other\", W/" + etag, std::string("*")}) {
    const auto response = AnswerStaticFile(Get("If-None-Match", seen), "/");
    EXPECT_EQ(response->status, 304);
    EXPECT_TRUE(response->body.empty());
    EXPECT_EQ(response->headers.Find("ETag"), etag);
  }
  EXPECT_EQ(AnswerStaticFile(Get("If-None-Match", "\"other\""), "/")->status, 200);
}

TEST(StaticFiles, AreCompressedForThoseWhoWant) {
  const auto packed = AnswerStaticFile(Get("Accept-Encoding", "gzip"), "/");
  EXPECT_EQ(packed->headers.Find("Content-Encoding"), "gzip");
  EXPECT_LT(packed->body.size(), AnswerStaticFile(Get(), "/")->body.size());
}

TEST(StaticFiles, AreOnlyTheKnownPaths) {
  for (const char* path :
       {"/../server/server.cc", "/%2e%2e/README", "/index.htm", "//index.html", "/styles", ""}) {
    EXPECT_FALSE(AnswerStaticFile(Get(), path)) << path;
  }
  HttpRequest post;
  post.method = HttpMethod::kPost;
  EXPECT_FALSE(AnswerStaticFile(post, "/"));
}

}  // namespace
}  // namespace aisle
