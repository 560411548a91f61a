// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission.h"

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/server_metrics.h"
#include "server/worker_pool.h"

namespace aisle {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Admission, LetsInNoMoreThanTheBound) {
  Admission admission(2);
  auto first = admission.Enter();
  auto second = admission.Enter();
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(admission.Enter());
  Admission::Ticket moved = *std::move(first);
  first.reset();
  EXPECT_FALSE(admission.Enter());
  second.reset();
  EXPECT_EQ(admission.count(), 1u);
  EXPECT_TRUE(admission.Enter());
}

TEST(Admission, HoldsItsBoundUnderThreads) {
  Admission admission(3);
  std::atomic<size_t> inside{0}, most{0}, entered{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20000; ++i) {
        const auto ticket = admission.Enter();
        if (!ticket) continue;
        ++entered;
        const size_t now = ++inside;
        for (size_t seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
        }
        --inside;
      }
    });
  }
  threads.clear();
  EXPECT_LE(most, 3u);
  EXPECT_GT(entered, 0u);
  EXPECT_EQ(admission.count(), 0u);
}

TEST(WorkerPool, RefusesWhatDoesNotFitTheQueue) {
  WorkerPool pool(1, 2);
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::atomic<int> ran{0};
  const auto task = [&, released] {
    released.wait();
    ++ran;
  };
  EXPECT_TRUE(pool.TryPost(task));
  EXPECT_TRUE(pool.TryPost(task));
  EXPECT_TRUE(pool.TryPost(task));
  EXPECT_FALSE(pool.TryPost(task));
  EXPECT_EQ(pool.pending(), 3u);
  release.set_value();
  pool.Join();
  EXPECT_EQ(ran, 3);
  EXPECT_EQ(pool.pending(), 0u);
  EXPECT_FALSE(pool.TryPost(task));
}

TEST(ServerMetrics, CountsByEndpointAndCode) {
  Admission connections(5), requests(5);
  ServerMetrics metrics({"search", "health", "search"}, &connections, &requests);
  using std::chrono::microseconds;
  metrics.Count(0, 200, microseconds(100));
  metrics.Count(2, 200, microseconds(700));
  metrics.Count(2, 404, microseconds(20'000'000));
  metrics.Count(ServerMetrics::kStatic, 304, microseconds(1));
  const auto ticket = connections.Enter();
  std::string text;
  metrics.AppendTo(&text);
  EXPECT_THAT(text, HasSubstr("aisle_http_requests_total{endpoint=\"search\",code=\"200\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("aisle_http_requests_total{endpoint=\"search\",code=\"404\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("aisle_http_requests_total{endpoint=\"static\",code=\"304\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("endpoint=\"health\",code")));
  EXPECT_THAT(
      text, HasSubstr("aisle_http_request_seconds_bucket{endpoint=\"search\",le=\"0.00025\"} 1\n"));
  EXPECT_THAT(text,
              HasSubstr("aisle_http_request_seconds_bucket{endpoint=\"search\",le=\"0.001\"} 2\n"));
  EXPECT_THAT(text,
              HasSubstr("aisle_http_request_seconds_bucket{endpoint=\"search\",le=\"10\"} 2\n"));
  EXPECT_THAT(text,
              HasSubstr("aisle_http_request_seconds_bucket{endpoint=\"search\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("aisle_http_request_seconds_count{endpoint=\"search\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE aisle_http_request_seconds histogram\n"));
  EXPECT_THAT(text, HasSubstr("aisle_http_connections 1\n"));
}

}  // namespace
}  // namespace aisle
