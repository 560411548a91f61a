// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/raw_client.h"
#include "tests/server/running_server.h"

namespace aisle {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;

TEST(HttpClient, NamesTheServerThatItCannotReach) {
  uint16_t port = 0;
  {
    const RunningServer server;
    port = server.port();
  }
  HttpClientOptions options;
  options.port = port;
  HttpClient client(options);
  const auto response = client.Send({});
  EXPECT_TRUE(absl::IsUnavailable(response.status())) << response.status();
  EXPECT_THAT(Message(response.status()),
              AllOf(HasSubstr(fmt::format("127.0.0.1:{}", port)), HasSubstr("cannot connect")));
}

TEST(HttpClient, ReusesItsConnectionAndFindsItClosed) {
  ServerOptions options;
  options.keep_alive_timeout = milliseconds(100);
  const RunningServer server(options);
  HttpClient client = server.Client();
  ClientRequest request;
  request.target = "/health";
  for (int i = 0; i < 3; ++i) {
    const auto response = client.Send(request);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_EQ(response->body, "{\"ok\":true}");
  }
  // Only this one: none was left behind.
  ClientRequest metrics;
  metrics.target = "/metrics";
  EXPECT_THAT(client.Send(metrics)->body, HasSubstr("aisle_http_connections 1\n"));
  std::this_thread::sleep_for(milliseconds(400));
  const auto after_close = client.Send(request);
  ASSERT_TRUE(after_close.ok()) << after_close.status();
  EXPECT_EQ(after_close->status, 200);
}

TEST(HttpClient, GivesUpAfterItsTimeout) {
  const RunningServer server;
  server.CreateProducts();
  HttpClientOptions options;
  options.port = server.port();
  options.idle_timeout = milliseconds(200);
  HttpClient client(options);
  ClientRequest request;
  request.method = HttpMethod::kPatch;  // so that the client adds no length of its own
  request.target = "/collections/products/documents/1";
  request.headers.Add("Content-Length",
                      "1000");  // and the server waits for a body that never comes
  const auto response = client.Send(request);
  EXPECT_TRUE(absl::IsDeadlineExceeded(response.status())) << response.status();
  EXPECT_THAT(Message(response.status()),
              HasSubstr(fmt::format("127.0.0.1:{}: no answer for 200 ms", server.port())));
}

TEST(HttpClient, StreamsBothWays) {
  const RunningServer server;
  server.CreateProducts();
  HttpClient client = server.Client();
  size_t sent = 0, received = 0;
  bool answered_before_the_end = false;
  ClientRequest request;
  request.method = HttpMethod::kPost;
  request.target = "/collections/products/documents/import";
  request.next_piece = [&]() -> absl::StatusOr<std::string> {
    answered_before_the_end = answered_before_the_end || received > 0;
    if (sent == 20000) return std::string();
    sent += 500;
    std::this_thread::sleep_for(milliseconds(5));  // as a source does that is read from a disk
    return ProductLines(500, sent - 500);
  };
  request.on_piece = [&](std::string_view piece) {
    received += CountOf(piece, "\n");
    return true;
  };
  const auto response = client.Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(received, 20000u);
  EXPECT_TRUE(answered_before_the_end);
  // The caller may stop either stream; the client is good for the next request.
  ClientRequest cancelled;
  cancelled.target = "/collections/products/documents/export";
  cancelled.on_piece = [](std::string_view) { return false; };
  EXPECT_TRUE(absl::IsCancelled(client.Send(cancelled).status()));
  request.next_piece = []() -> absl::StatusOr<std::string> {
    return InvalidArgument("line 3 of the file");
  };
  EXPECT_EQ(Message(client.Send(request).status()), "line 3 of the file");
  ClientRequest health;
  health.target = "/health";
  EXPECT_TRUE(client.Send(health).ok());
}

TEST(HttpClient, KeepsTheBodyOfAnError) {
  const RunningServer server;
  HttpClient client = server.Client();
  ClientRequest request;
  request.target = "/collections/none";
  request.on_piece = [](std::string_view) {
    ADD_FAILURE() << "an error is not the answer that was asked for";
    return false;
  };
  const auto response = client.Send(request);
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 404);
  EXPECT_THAT(response->body, HasSubstr("message"));
}

TEST(PercentEncode, EscapesAllButPlainCharacters) {
  EXPECT_EQ(PercentEncode("a-b._~Z9"), "a-b._~Z9");
  EXPECT_EQ(PercentEncode("a b/\xC3\xA9&"), "a%20b%2F%C3%A9%26");
}

}  // namespace
}  // namespace aisle
