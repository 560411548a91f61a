// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happens on the wire: pipelining, broken requests, slow clients, limits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/compression.h"
#include "tests/server/raw_client.h"
#include "tests/server/running_server.h"

namespace aisle {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr std::string_view kHealth = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";

std::string Post(std::string_view target, std::string_view body, std::string_view headers = {}) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n{}\r\n{}", target,
                     body.size(), headers, body);
}

TEST(Connection, AnswersPipelinedRequestsInOrder) {
  const RunningServer server;
  server.CreateProducts();
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    // Writes leave the event loop, searches do not: the order must hold all the same.
    requests += Post("/collections/products/documents",
                     fmt::format(R"({{"id":"{}","title":"t","brand":"b","price":1}})", i));
    requests +=
        fmt::format("GET /collections/products/documents/{} HTTP/1.1\r\nHost: a\r\n\r\n", i);
    requests += fmt::format("GET /missing{} HTTP/1.1\r\nHost: a\r\n\r\n", i);
  }
  ASSERT_TRUE(client.Send(requests));
  for (int i = 0; i < 50; ++i) {
    const RawAnswer written = client.Read();
    EXPECT_EQ(written.status, 201) << written.body;
    const RawAnswer read = client.Read();
    EXPECT_EQ(read.status, 200);
    EXPECT_THAT(read.body, HasSubstr(fmt::format("\"id\":\"{}\"", i)));
    const RawAnswer missing = client.Read();
    EXPECT_EQ(missing.status, 404);
    EXPECT_THAT(missing.body, HasSubstr(fmt::format("/missing{}\"", i)));
  }
}

TEST(Connection, ReadsARequestByteByByte) {
  const RunningServer server;
  RawClient client(server.port());
  for (const char c : kHealth) ASSERT_TRUE(client.Send({&c, 1}));
  EXPECT_EQ(client.Read().status, 200);
}

TEST(Connection, KeepsAliveAsAsked) {
  const RunningServer server;
  RawClient client(server.port());
  ASSERT_TRUE(client.Send(kHealth));
  EXPECT_EQ(client.Read().headers["connection"], "keep-alive");
  ASSERT_TRUE(client.Send("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
  EXPECT_EQ(client.Read().headers["connection"], "close");
  EXPECT_TRUE(client.IsClosed());
  RawClient old(server.port());
  ASSERT_TRUE(old.Send("GET /health HTTP/1.0\r\n\r\n"));
  EXPECT_EQ(old.Read().status, 200);
  EXPECT_TRUE(old.IsClosed());
}

TEST(Connection, HeadHasTheLengthButNoBody) {
  const RunningServer server;
  RawClient client(server.port());
  ASSERT_TRUE(client.Send("HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n" + std::string(kHealth)));
  const RawAnswer head = client.ReadHead();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), "11");
  EXPECT_EQ(client.Read().body, "{\"ok\":true}");
}

TEST(Connection, InvitesABodyThatWaits) {
  const RunningServer server;
  server.CreateProducts();
  RawClient client(server.port());
  const std::string body = R"({"id":"1","title":"t","brand":"b","price":1})";
  ASSERT_TRUE(
      client.Send(fmt::format("POST /collections/products/documents HTTP/1.1\r\nHost: a\r\n"
                              "Expect: 100-continue\r\nContent-Length: {}\r\n\r\n",
                              body.size())));
  EXPECT_EQ(client.ReadHead().status, 100);
  ASSERT_TRUE(client.Send(body));
  EXPECT_EQ(client.Read().status, 201);
  // A refused body is not invited.
  RawClient refused(server.port());
  ASSERT_TRUE(
      refused.Send("POST /nothing HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                   "Content-Length: 9\r\n\r\n"));
  EXPECT_EQ(refused.Read().status, 404);
  EXPECT_TRUE(refused.IsClosed());
}

TEST(Connection, ReadsChunkedAndCompressedBodies) {
  const RunningServer server;
  server.CreateProducts();
  RawClient client(server.port());
  const std::string body = R"({"id":"1","title":"t","brand":"b","price":1})";
  ASSERT_TRUE(client.Send(
      fmt::format("POST /collections/products/documents HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n{:x};ext=1\r\n{}\r\n0\r\n\r\n",
                  body.substr(0, 5), body.size() - 5, body.substr(5))));
  EXPECT_EQ(client.Read().status, 201);
  const std::string packed = GzipCompress(R"({"q":"t"})");
  ASSERT_TRUE(client.Send(
      Post("/collections/products/documents/search", packed, "Content-Encoding: gzip\r\n")));
  const RawAnswer answer = client.Read();
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("\"found\":1"));
  ASSERT_TRUE(client.Send(Post("/collections/products/documents/search", packed.substr(0, 12),
                               "Content-Encoding: gzip\r\n")));
  EXPECT_THAT(client.Read().body, HasSubstr("gzip body is cut off"));
  ASSERT_TRUE(
      client.Send(Post("/collections/products/documents/search", "x", "Content-Encoding: br\r\n")));
  EXPECT_EQ(client.Read().status, 415);
}

TEST(Connection, CompressesAnswersForThoseWhoWant) {
  const RunningServer server;
  server.CreateProducts();
  server.Send(HttpMethod::kPost, "/collections/products/documents/import", ProductLines(100));
  RawClient client(server.port());
  const std::string search =
      "GET /collections/products/documents/search?per_page=100 HTTP/1.1\r\nHost: a\r\n";
  ASSERT_TRUE(client.Send(search + "\r\n" + search + "Accept-Encoding: gzip;q=0.8\r\n\r\n"));
  const RawAnswer plain = client.Read();
  EXPECT_EQ(plain.headers.count("content-encoding"), 0u);
  EXPECT_EQ(plain.headers.at("vary"), "Accept-Encoding");
  const RawAnswer packed = client.Read();
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), plain.body.size() / 2);
  GzipReader reader(200);
  std::string unpacked;
  std::string_view input = packed.body;
  ASSERT_TRUE(reader.Read(&input, 1 << 20, &unpacked).ok());
  EXPECT_EQ(CountOf(unpacked, "\"document\""), 100u);
}

TEST(Connection, RefusesWhatIsNoHttp) {
  const RunningServer server;
  const std::string_view broken[] = {
      "\r\n\r\n\r\nnonsense\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost a\r\n\r\n",
      "GET /health HTTP/9.9\r\nHost: a\r\n\r\n",
      "GET  /health HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      "POST /collections HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
      "chunked\r\n\r\nabc",
      "POST /collections HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "GET /health HTTP/1.1\r\nHost: a\r\nBad\x01Name: b\r\n\r\n",
      "GET /health HTTP/1.1\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 this is how TLS begins\r\n\r\n",
  };
  for (const std::string_view request : broken) {
    RawClient client(server.port());
    ASSERT_TRUE(client.Send(request));
    const RawAnswer answer = client.Read();
    EXPECT_EQ(answer.status, 400) << request;
    EXPECT_THAT(answer.body, HasSubstr("\"message\":")) << request;
    EXPECT_TRUE(client.IsClosed()) << request;
  }
  EXPECT_EQ(server.Send(HttpMethod::kGet, "/health").status, 200);
}

TEST(Connection, RefusesWhatIsTooLarge) {
  ServerOptions options;
  options.json_body_bytes_max = 1000;
  const RunningServer server(options);
  server.CreateProducts();
  const std::string large(1001, ' ');
  const std::string target = "/collections/products/documents/search";
  RawClient announced(server.port());
  ASSERT_TRUE(announced.Send(Post(target, large)));
  const RawAnswer answer = announced.Read();
  EXPECT_EQ(answer.status, 413);
  EXPECT_THAT(answer.body, HasSubstr("1001 bytes: allowed are at most 1000"));
  RawClient chunked(server.port());
  ASSERT_TRUE(
      chunked.Send(fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "3e9\r\n{}\r\n0\r\n\r\n",
                               target, large)));
  EXPECT_EQ(chunked.Read().status, 413);
  RawClient bomb(server.port());
  ASSERT_TRUE(bomb.Send(Post(target, GzipCompress(large), "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(bomb.Read().status, 413);
  RawClient header(server.port());
  ASSERT_TRUE(
      header.Send("GET /health HTTP/1.1\r\nHost: a\r\nX: " + std::string(20000, 'x') + "\r\n\r\n"));
  EXPECT_EQ(header.Read().status, 431);
  RawClient fits(server.port());
  ASSERT_TRUE(fits.Send(Post(target, "{}" + std::string(998, ' '))));
  EXPECT_EQ(fits.Read().status, 200);
}

TEST(Connection, LeavesSlowClients) {
  ServerOptions options;
  options.header_timeout = milliseconds(150);
  options.body_idle_timeout = milliseconds(150);
  options.keep_alive_timeout = milliseconds(300);
  const RunningServer server(options);
  server.CreateProducts();
  RawClient silent(server.port());
  RawClient header(server.port());
  ASSERT_TRUE(header.Send("GET /health HT"));
  RawClient body(server.port());
  ASSERT_TRUE(body.Send("POST /collections HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{"));
  RawClient import(server.port());
  ASSERT_TRUE(
      import.Send("POST /collections/products/documents/import HTTP/1.1\r\nHost: a\r\n"
                  "Content-Length: 10\r\n\r\n{"));
  RawClient idle(server.port());
  ASSERT_TRUE(idle.Send(kHealth));
  EXPECT_EQ(idle.Read().status, 200);
  for (RawClient* client : {&silent, &header, &body, &import}) {
    const RawAnswer answer = client->Read();
    EXPECT_EQ(answer.status, 408);
    EXPECT_EQ(answer.headers.at("connection"), "close");
    EXPECT_TRUE(client->IsClosed());
  }
  EXPECT_TRUE(idle.IsClosed());
}

// One byte now and then is no progress: the header has to be complete in time.
TEST(Connection, LeavesClientsThatDribble) {
  ServerOptions options;
  options.header_timeout = milliseconds(300);
  const RunningServer server(options);
  RawClient client(server.port());
  const auto start = std::chrono::steady_clock::now();
  while (client.Send("x") && std::chrono::steady_clock::now() - start < std::chrono::seconds(5)) {
    std::this_thread::sleep_for(milliseconds(20));
    if (std::chrono::steady_clock::now() - start > milliseconds(700)) break;
  }
  EXPECT_EQ(client.Read().status, 408);
}

// Sends `piece` again and again, well within the idle time, for at most `duration`.
void Dribble(RawClient* client, std::string_view piece, milliseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end && client->Send(piece))
    std::this_thread::sleep_for(milliseconds(20));
}

TEST(Connection, EndsBodiesThatDribble) {
  ServerOptions options;
  options.body_timeout = options.import_step_timeout = milliseconds(300);
  const RunningServer server(options);
  server.CreateProducts();
  const std::string_view targets[] = {"/collections", "/collections/products/documents/search",
                                      "/multi_search", "/collections/products/documents/import"};
  for (const std::string_view target : targets) {
    RawClient client(server.port());
    ASSERT_TRUE(client.Send(
        fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n{{", target)));
    Dribble(&client, " ", milliseconds(700));
    const RawAnswer answer = client.Read();
    EXPECT_EQ(answer.status, 408) << target;
    EXPECT_THAT(answer.body, HasSubstr("the body comes too slowly")) << target;
    EXPECT_THAT(answer.body, HasSubstr("300 ms for a")) << target;
    EXPECT_TRUE(client.IsClosed()) << target;
  }
}

TEST(Connection, ABodyInTimeMayComeInPieces) {
  ServerOptions options;
  options.body_timeout = std::chrono::seconds(10);
  const RunningServer server(options);
  server.CreateProducts();
  RawClient client(server.port());
  ASSERT_TRUE(
      client.Send("POST /collections/products/documents/search HTTP/1.1\r\nHost: a\r\n"
                  "Content-Length: 9\r\n\r\n"));
  for (const char c : std::string_view(R"({"q":"t"})")) {
    ASSERT_TRUE(client.Send({&c, 1}));
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(client.Read().status, 200);
}

// Longer than any limit as a whole: what counts is that each step comes in time.
TEST(Connection, LetsAnImportTakeItsTime) {
  ServerOptions options;
  options.body_timeout = milliseconds(100);
  options.import_step_timeout = milliseconds(600);
  options.import_step_bytes = 10;
  const RunningServer server(options);
  server.CreateProducts();
  const std::string_view head =
      "POST /collections/products/documents/import HTTP/1.1\r\nHost: a\r\n"
      "Transfer-Encoding: chunked\r\n\r\n";
  RawClient by_lines(server.port());
  ASSERT_TRUE(by_lines.Send(head));
  Dribble(&by_lines, "3\r\n{}\n\r\n", milliseconds(1500));  // few bytes, but lines
  ASSERT_TRUE(by_lines.Send("0\r\n\r\n"));
  EXPECT_EQ(by_lines.Read().status, 200);
  RawClient by_bytes(server.port());
  ASSERT_TRUE(by_bytes.Send(head));
  Dribble(&by_bytes, "4\r\naaaa\r\n", milliseconds(1500));  // a long line, but it grows
  ASSERT_TRUE(by_bytes.Send("0\r\n\r\n"));
  EXPECT_EQ(by_bytes.Read().status, 200);
}

// The time for a header is over once the header is there.
TEST(Connection, LetsAnExportTakeItsTime) {
  ServerOptions options;
  options.header_timeout = milliseconds(200);
  const RunningServer server(options);
  server.CreateProducts();
  size_t sent = 0;
  for (int batch = 0; batch < 20; ++batch) {
    std::string lines;
    for (int i = 0; i < 20; ++i) {
      lines += fmt::format(R"({{"id":"{}-{}","title":"t","brand":"b","price":1,"text":"{}"}})",
                           batch, i, std::string(50'000, 'x')) +
               "\n";
    }
    sent += lines.size();
    RawClient client(server.port());
    ASSERT_TRUE(client.Send(Post("/collections/products/documents/import", lines)));
    ASSERT_THAT(client.Read().body, testing::Not(HasSubstr("error")));
  }
  RawClient client(server.port());
  ASSERT_TRUE(
      client.Send("GET /collections/products/documents/export HTTP/1.1\r\nHost: a\r\n\r\n"));
  std::this_thread::sleep_for(milliseconds(700));  // what the sockets do not hold waits
  EXPECT_EQ(client.Read().body.size(), sent);
}

TEST(Connection, TurnsAwayWhatItCannotHold) {
  ServerOptions options;
  options.connections_max = 2;
  const RunningServer server(options);
  RawClient first(server.port()), second(server.port());
  ASSERT_TRUE(first.Send(kHealth) && second.Send(kHealth));
  EXPECT_EQ(first.Read().status, 200);
  EXPECT_EQ(second.Read().status, 200);
  RawClient third(server.port());
  const RawAnswer answer = third.Read();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.headers.at("retry-after"), "1");
}

TEST(Connection, BoundsRequestsInFlight) {
  ServerOptions options;
  options.requests_in_flight_max = 1;
  const RunningServer server(options);
  server.CreateProducts();
  RawClient import(server.port());
  ASSERT_TRUE(
      import.Send("POST /collections/products/documents/import HTTP/1.1\r\nHost: a\r\n"
                  "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"));
  EXPECT_EQ(import.ReadHead().status, 100);
  EXPECT_EQ(server.Send(HttpMethod::kGet, "/collections").status, 503);
  ASSERT_TRUE(import.Send("0\r\n\r\n"));
  EXPECT_EQ(import.Read().status, 200);
  EXPECT_EQ(server.Send(HttpMethod::kGet, "/collections").status, 200);
}

// Requests that are read and wait for their turn hold places; a rush of clients must not fill them.
TEST(Connection, AnswersAllWhoAskAtOnce) {
  constexpr size_t kClients = 256;
  ServerOptions options;
  options.io_threads = 4;
  options.requests_in_flight_max = 32;
  const RunningServer server(options);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (size_t i = 0; i < kClients; ++i)
    clients.push_back(std::make_unique<RawClient>(server.port()));
  for (int round = 0; round < 3; ++round) {
    for (const auto& client : clients)
      ASSERT_TRUE(client->Send("GET /collections HTTP/1.1\r\nHost: a\r\n\r\n"));
    for (const auto& client : clients) EXPECT_EQ(client->Read().status, 200);
  }
}

TEST(Connection, SurvivesClientsThatLeave) {
  const RunningServer server;
  for (const std::string_view sent :
       {std::string_view(""), std::string_view("GET"), kHealth,
        std::string_view("POST /collections HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{")}) {
    for (int i = 0; i < 20; ++i) {
      RawClient client(server.port());
      client.Send(sent);
      client.Reset();
    }
  }
  EXPECT_EQ(server.Send(HttpMethod::kGet, "/health").status, 200);
}

}  // namespace
}  // namespace aisle
