// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <vector>

#include <absl/strings/str_split.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"
#include "server/compression.h"
#include "tests/server/raw_client.h"
#include "tests/server/running_server.h"

namespace aisle {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view kImport = "/collections/products/documents/import";

std::vector<std::string> Lines(std::string_view body) {
  return absl::StrSplit(absl::string_view(body.data(), body.size()), '\n', absl::SkipEmpty());
}

std::string ImportHead(std::string_view headers = {}, std::string_view version = "1.1") {
  return fmt::format("POST {} HTTP/{}\r\nHost: a\r\n{}\r\n", kImport, version, headers);
}

uint64_t NumDocuments(const RunningServer& server) {
  const ClientResponse response = server.Send(HttpMethod::kGet, "/collections/products");
  const auto json = ParseJson(response.body);
  return static_cast<uint64_t>(json->Find("num_documents")->as_int());
}

TEST(Import, AnswersEachLineInOrder) {
  const RunningServer server;
  server.CreateProducts();
  std::string body = ProductLines(2500);
  body += "\n\n";                                                // lines 2501, 2502
  body += ProductLines(1, 7);                                    // 2503: is there already
  body += "{\"id\":\n";                                          // 2504
  body += "[1]\n";                                               // 2505
  body += "{\"id\":\"bad\xFF\"}\n";                              // 2506
  body += std::string(100, '[') + std::string(100, ']') + "\n";  // 2507
  body += R"({"id":"x","title":5,"brand":"b","price":"much"})"
          "\n";                                                  // 2508
  body += R"({"id":"last","title":"t","brand":"b","price":1})";  // 2509, without a newline
  const ClientResponse response = server.Send(HttpMethod::kPost, kImport, body);
  ASSERT_EQ(response.status, 200);
  const std::vector<std::string> lines = Lines(response.body);
  ASSERT_EQ(lines.size(), 2507u);
  for (size_t i = 0; i < 2500; ++i) ASSERT_EQ(lines[i], R"({"success":true})") << i;
  const auto expect_error = [&](size_t at, int code, int line) {
    const auto json = ParseJson(lines[at]);
    ASSERT_TRUE(json.ok()) << lines[at];
    EXPECT_EQ(*json->Find("success"), Json(false)) << lines[at];
    EXPECT_EQ(*json->Find("code"), Json(code)) << lines[at];
    EXPECT_EQ(*json->Find("line"), Json(line)) << lines[at];
    EXPECT_TRUE(json->Find("error")->is_string());
    EXPECT_LE(json->Find("document")->as_string().size(), 1024u);
  };
  expect_error(2500, 409, 2503);
  expect_error(2501, 400, 2504);
  expect_error(2502, 400, 2505);
  expect_error(2503, 400, 2506);
  EXPECT_THAT(lines[2503], AllOf(HasSubstr("UTF-8"), HasSubstr("bad\xEF\xBF\xBD")));
  expect_error(2504, 400, 2507);
  EXPECT_THAT(lines[2504], HasSubstr("nested deeper"));
  expect_error(2505, 400, 2508);
  EXPECT_THAT(lines[2505], AllOf(HasSubstr("title"), HasSubstr("price")));
  EXPECT_EQ(lines[2506], R"({"success":true})");
  EXPECT_EQ(NumDocuments(server), 2501u);
}

TEST(Import, AcceptsAnArray) {
  const RunningServer server;
  server.CreateProducts();
  const ClientResponse response = server.Send(
      HttpMethod::kPost, kImport,
      R"([{"id":"1","title":"t","brand":"b","price":1}, 5, {"id":"2","title":"t","brand":"b","price":2}])");
  const std::vector<std::string> lines = Lines(response.body);
  ASSERT_EQ(lines.size(), 3u) << response.body;
  EXPECT_EQ(lines[0], R"({"success":true})");
  EXPECT_THAT(lines[1], AllOf(HasSubstr("must be a JSON object"), HasSubstr(R"("line":2)")));
  EXPECT_EQ(lines[2], R"({"success":true})");
  EXPECT_EQ(NumDocuments(server), 2u);
}

// While bulk is worked off there is a thread for what is more urgent; and no import begins that
// would only wait.
TEST(Import, BulkWaitsAndUpdatesDoNot) {
  ServerOptions options;
  options.write_threads = 1;
  options.import_threads = 1;
  options.queued_imports_max = 0;
  const RunningServer server(options);
  server.CreateProducts();
  std::atomic<bool> over = false;
  std::atomic<int> refused = 0, accepted = 0;
  std::vector<std::thread> importers;
  for (size_t i = 0; i < 3; ++i) {
    importers.emplace_back([&, i] {
      const std::string body = ProductLines(1000, i * 1000);
      const std::string path = std::string(kImport) + "?action=upsert";
      while (!over) {
        const ClientResponse response = server.Send(HttpMethod::kPost, path, body);
        if (response.status == 503) {
          EXPECT_EQ(response.headers.Find("Retry-After"), "1");
          ++refused;
        } else {
          EXPECT_EQ(CountOf(response.body, R"({"success":true})"), 1000u);
          ++accepted;
        }
      }
    });
  }
  while ((refused == 0 || accepted < 4) && !testing::Test::HasFailure()) {
    const ClientResponse response =
        server.Send(HttpMethod::kPost, "/collections/products/documents?action=upsert",
                    R"({"id":"1","title":"t","brand":"b","price":1})");
    EXPECT_EQ(response.status, 201) << response.body;
  }
  over = true;
  for (std::thread& importer : importers) importer.join();
}

TEST(Import, AcceptsCompressedBodies) {
  const RunningServer server;
  server.CreateProducts();
  RawClient client(server.port());
  const std::string packed =
      GzipCompress(ProductLines(3000)) + GzipCompress(ProductLines(10, 3000));
  ASSERT_TRUE(client.Send(
      ImportHead(fmt::format("Content-Encoding: gzip\r\nContent-Length: {}\r\n", packed.size()))));
  ASSERT_TRUE(client.Send(packed));
  const RawAnswer answer = client.Read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(CountOf(answer.body, "{\"success\":true}\n"), 3010u);
  // A bomb and a torn stream end with an error; the connection that brought them is closed.
  for (const std::string& bad :
       {GzipCompress(std::string(30u << 20, ' ')), packed.substr(0, 2000)}) {
    RawClient other(server.port());
    ASSERT_TRUE(other.Send(
        ImportHead(fmt::format("Content-Encoding: gzip\r\nContent-Length: {}\r\n", bad.size()))));
    ASSERT_TRUE(other.Send(bad));
    EXPECT_THAT(other.Read().status, testing::AnyOf(400, 413));
  }
}

TEST(Import, AnswersOldClientsWithoutChunks) {
  const RunningServer server;
  server.CreateProducts();
  RawClient client(server.port());
  const std::string body = ProductLines(5);
  ASSERT_TRUE(
      client.Send(ImportHead(fmt::format("Content-Length: {}\r\n", body.size()), "1.0") + body));
  const RawAnswer answer = client.Read();
  EXPECT_EQ(answer.headers.count("transfer-encoding"), 0u);
  EXPECT_EQ(CountOf(answer.body, "{\"success\":true}\n"), 5u);
}

TEST(Import, RefusesBeforeItReads) {
  const RunningServer server;
  server.CreateProducts();
  for (const auto& [target, status, message] :
       {std::tuple("/collections/none/documents/import", 404, "none"),
        std::tuple("/collections/products/documents/import?action=replace", 400,
                   "allowed are create, upsert, update and emplace"),
        std::tuple("/collections/products/documents/import?acton=upsert", 400,
                   "unknown parameter acton")}) {
    RawClient client(server.port());
    ASSERT_TRUE(
        client.Send(fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                                "Content-Length: 1000000000\r\n\r\n",
                                target)));
    const RawAnswer answer = client.Read();
    EXPECT_EQ(answer.status, status);
    EXPECT_THAT(answer.body, HasSubstr(message));
  }
}

TEST(Import, ReturnsWhatIsAskedFor) {
  const RunningServer server;
  server.CreateProducts();
  const ClientResponse response = server.Send(
      HttpMethod::kPost, std::string(kImport) + "?return_id=true&return_doc=true", ProductLines(1));
  EXPECT_THAT(response.body, AllOf(HasSubstr(R"("success":true,"id":"p0","document":{)"),
                                   HasSubstr("Shoe number 0")));
}

// A line of 100 MB takes 4 KB.
TEST(Import, SkipsAnEndlessLineInBoundedMemory) {
  const RunningServer server;
  server.CreateProducts();
  HttpClient client = server.Client();
  const std::string piece(1u << 20, 'x');
  const size_t before = ResidentBytes();
  size_t peak = before;
  int sent = 0;
  ClientRequest request;
  request.method = HttpMethod::kPost;
  request.target = kImport;
  request.next_piece = [&]() -> absl::StatusOr<std::string> {
    peak = std::max(peak, ResidentBytes());
    ++sent;
    if (sent == 1) return ProductLines(1, 0) + "{\"id\":\"";
    if (sent <= 101) return piece;
    if (sent == 102) return "\"}\n" + ProductLines(1, 1);
    return std::string();
  };
  const auto response = client.Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  const std::vector<std::string> lines = Lines(response->body);
  ASSERT_EQ(lines.size(), 3u) << response->body;
  EXPECT_EQ(lines[0], R"({"success":true})");
  EXPECT_EQ(lines[2], R"({"success":true})");
  const auto error = ParseJson(lines[1]);
  ASSERT_TRUE(error.ok());
  EXPECT_EQ(*error->Find("code"), Json(413));
  EXPECT_EQ(*error->Find("line"), Json(2));
  EXPECT_THAT(error->Find("error")->as_string(),
              HasSubstr(fmt::format("allowed are at most {}", limits::kDocumentBytesMax)));
  EXPECT_EQ(error->Find("document")->as_string().size(), 1024u);
  EXPECT_LT(peak - before, kSanitized ? 400u << 20 : 40u << 20);
}

// Sends `lines` lines of which each is answered by an error that is longer than the line, and reads
// nothing.
bool SendFailingLines(RawClient* client, size_t lines) {
  const std::string line = std::string(1000, 'x') + "\n";
  const std::string chunk = fmt::format("{:x}\r\n{}\r\n", line.size(), line);
  for (size_t i = 0; i < lines; ++i) {
    if (!client->Send(chunk)) return false;
  }
  return client->Send("0\r\n\r\n");
}

// Many clients read nothing before they have sent everything.
TEST(Import, AnswersClientsThatReadLate) {
  const RunningServer server;
  server.CreateProducts();
  RawClient client(server.port());
  constexpr size_t kLines = 12000;  // their answers are more than sockets hold
  ASSERT_TRUE(client.Send(ImportHead("Transfer-Encoding: chunked\r\n")));
  ASSERT_TRUE(SendFailingLines(&client, kLines));
  const RawAnswer answer = client.Read();
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(CountOf(answer.body, "\"success\":false"), kLines);
  EXPECT_THAT(answer.body, HasSubstr("\"line\":12000,"));
}

TEST(Import, LeavesClientsThatNeverRead) {
  ServerOptions options;
  options.import_answer_bytes_max = 1u << 20;
  options.write_timeout = std::chrono::milliseconds(300);
  const RunningServer server(options);
  server.CreateProducts();
  RawClient client(server.port());
  ASSERT_TRUE(client.Send(ImportHead("Transfer-Encoding: chunked\r\n")));
  EXPECT_FALSE(SendFailingLines(&client, 100000));
  EXPECT_EQ(server.Send(HttpMethod::kGet, "/health").status, 200);
}

TEST(Import, WhatWasAnsweredIsDurableWhenTheClientLeaves) {
  RunningServer server;
  server.CreateProducts();
  size_t answered = 0;
  {
    RawClient client(server.port());
    ASSERT_TRUE(client.Send(ImportHead("Content-Length: 1000000000\r\n") + ProductLines(5300) +
                            "{\"id\":\"torn"));
    RawAnswer answer = client.ReadHead();
    ASSERT_EQ(answer.status, 200);
    client.ShutdownSend();
    client.ReadBody(&answer);
    EXPECT_FALSE(answer.complete);
    answered = CountOf(answer.body, "{\"success\":true}\n");
  }
  EXPECT_EQ(answered, 5000u);  // the whole batches
  Engine& reopened = server.ReopenEngine();
  const auto info = reopened.GetCollection("products");
  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_EQ(info->num_documents, answered);
}

TEST(Import, WritersAndSearchersDoNotDisturbEachOther) {
  const RunningServer server;
  server.CreateProducts();
  constexpr size_t kImports = 4;
  const size_t per_import = kSanitized ? 1500 : 5000;
  std::atomic<bool> importing{true};
  std::atomic<size_t> searches{0}, wrong{0};
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kImports; ++t) {
    threads.emplace_back([&, t] {
      const ClientResponse response =
          server.Send(HttpMethod::kPost, kImport, ProductLines(per_import, t * per_import));
      EXPECT_EQ(CountOf(response.body, "{\"success\":true}\n"), per_import);
    });
  }
  std::vector<std::thread> searchers;
  for (int t = 0; t < 2; ++t) {
    searchers.emplace_back([&] {
      HttpClient client = server.Client();
      size_t last_found = 0;
      while (importing) {
        ClientRequest request;
        request.target = "/collections/products/documents/search?q=shoe&facet_by=brand";
        const auto response = client.Send(request);
        ++searches;
        if (!response.ok() || response->status != 200) {
          ++wrong;
          continue;
        }
        // Documents only come: a later search never finds fewer.
        const auto found = static_cast<size_t>(ParseJson(response->body)->Find("found")->as_int());
        if (found < last_found) ++wrong;
        last_found = found;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  importing = false;
  for (auto& thread : searchers) thread.join();
  EXPECT_EQ(wrong, 0u);
  EXPECT_GT(searches, 0u);
  EXPECT_EQ(NumDocuments(server), kImports * per_import);
}

}  // namespace
}  // namespace aisle
