// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a server starts and stops.
#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/raw_client.h"
#include "tests/server/running_server.h"

namespace aisle {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;

absl::Status CreateStatus(Engine* engine, std::string_view host, std::string_view key,
                          uint16_t port = 0) {
  ServerOptions options;
  options.host = host;
  options.api_key = key;
  options.port = port;
  return Server::Create(options, engine).status();
}

TEST(Lifecycle, DemandsAKeyOnOpenAddresses) {
  RunningServer server;
  for (const char* host : {"0.0.0.0", "::", "192.0.2.1"}) {
    EXPECT_THAT(Message(CreateStatus(&server.engine(), host, "")),
                AllOf(HasSubstr(host), HasSubstr("no API key"), HasSubstr("127.0.0.1")));
  }
  EXPECT_TRUE(CreateStatus(&server.engine(), "127.0.0.1", "").ok());
  EXPECT_TRUE(CreateStatus(&server.engine(), "localhost", "").ok());
  EXPECT_THAT(Message(CreateStatus(&server.engine(), "shop.test", "k")), HasSubstr("shop.test"));
}

TEST(Lifecycle, NamesAPortThatIsTaken) {
  RunningServer server;
  const absl::Status status = CreateStatus(&server.engine(), "127.0.0.1", "", server.port());
  EXPECT_TRUE(absl::IsUnavailable(status));
  EXPECT_THAT(Message(status),
              AllOf(HasSubstr(std::to_string(server.port())), HasSubstr("in use")));
}

TEST(Lifecycle, StopsWithoutHavingRun) {
  RunningServer server;
  ServerOptions options;
  options.port = 0;
  auto other = Server::Create(options, &server.engine());
  ASSERT_TRUE(other.ok());
  (*other)->Stop();
  (*other)->Run();  // returns at once
}

uint64_t HealthChecksIn(const std::string& metrics) {
  constexpr std::string_view kCount = R"(aisle_http_requests_total{endpoint="health",code="200"} )";
  const size_t place = metrics.find(kCount);
  return place == std::string::npos ? 0 : std::stoull(metrics.substr(place + kCount.size()));
}

// A rush of clients while others are busy: from the first of them to the last, those inside get a
// few answers, not one for each that is let in.
TEST(Lifecycle, LetsARushOfClientsInAtOnce) {
  constexpr size_t kBusyRequests = 1000, kRush = 100;
  RunningServer host;
  ServerOptions options;
  options.port = 0;
  options.io_threads = 1;
  auto server = Server::Create(options, &host.engine());
  ASSERT_TRUE(server.ok()) << server.status();
  RawClient busy((*server)->port());
  std::string requests;
  for (size_t i = 0; i < kBusyRequests; ++i) requests += "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
  ASSERT_TRUE(busy.Send(requests));
  std::vector<std::unique_ptr<RawClient>> rush;
  for (size_t i = 0; i < kRush; ++i) {
    rush.push_back(std::make_unique<RawClient>((*server)->port()));
    ASSERT_TRUE(rush.back()->Send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"));
  }
  std::thread running([&] { (*server)->Run(); });
  std::vector<uint64_t> served;
  for (const auto& client : rush) served.push_back(HealthChecksIn(client->Read().body));
  const auto [first, last] = std::minmax_element(served.begin(), served.end());
  EXPECT_LT(*last, kBusyRequests) << "nobody was busy when the last came in";
  EXPECT_LT(*last - *first, kRush / 4);
  (*server)->Stop();
  running.join();
}

TEST(Lifecycle, StopClosesIdleConnectionsAtOnce) {
  RunningServer server;
  RawClient idle(server.port());
  ASSERT_TRUE(idle.Send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_EQ(idle.Read().status, 200);
  const auto start = std::chrono::steady_clock::now();
  server.Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
  EXPECT_TRUE(idle.IsClosed());
}

TEST(Lifecycle, StopFinishesWhatIsInFlight) {
  RunningServer server;
  server.CreateProducts();
  RawClient import(server.port());
  ASSERT_TRUE(
      import.Send("POST /collections/products/documents/import HTTP/1.1\r\nHost: a\r\n"
                  "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"));
  EXPECT_EQ(import.ReadHead().status, 100);
  std::thread stopper([&] { server.Stop(); });
  std::this_thread::sleep_for(milliseconds(200));
  const std::string lines = ProductLines(10);
  ASSERT_TRUE(import.Send(fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", lines.size(), lines)));
  const RawAnswer answer = import.Read();
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(CountOf(answer.body, "{\"success\":true}\n"), 10u);
  EXPECT_TRUE(import.IsClosed());
  stopper.join();
}

TEST(Lifecycle, StopGivesUpAfterItsTimeout) {
  ServerOptions options;
  options.stop_timeout = milliseconds(200);
  RunningServer server(options);
  server.CreateProducts();
  RawClient import(server.port());
  ASSERT_TRUE(
      import.Send("POST /collections/products/documents/import HTTP/1.1\r\nHost: a\r\n"
                  "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"));
  EXPECT_EQ(import.ReadHead().status, 100);
  const auto start = std::chrono::steady_clock::now();
  server.Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_TRUE(import.IsClosed());
}

// Every answer that was given is kept, every request ends, and Stop() returns.
TEST(Lifecycle, StopUnderLoadLosesNothing) {
  RunningServer server;
  server.CreateProducts();
  std::atomic<size_t> acknowledged{0};
  std::atomic<int> started{0};
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      HttpClient client = server.Client();
      for (size_t i = 0;; ++i) {
        ClientRequest request;
        if (t % 3 == 0) {
          request.target = "/collections/products/documents/search?q=shoe";
        } else {
          request.method = HttpMethod::kPost;
          request.target = "/collections/products/documents/import";
          request.body = ProductLines(5, t * 1'000'000 + i * 5);
        }
        const auto response = client.Send(request);
        if (!response.ok() || response->status != 200) return;
        if (i == 0) ++started;
        acknowledged += CountOf(response->body, "{\"success\":true}");
      }
    });
  }
  while (started < 6) std::this_thread::sleep_for(milliseconds(5));
  std::this_thread::sleep_for(milliseconds(300));
  server.Stop();
  for (auto& thread : threads) thread.join();
  EXPECT_GT(acknowledged, 0u);
  const auto info = server.ReopenEngine().GetCollection("products");
  ASSERT_TRUE(info.ok());
  EXPECT_GE(info->num_documents, acknowledged);
}

}  // namespace
}  // namespace aisle
