// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/threaded_feed.h"

#include <algorithm>

namespace aisle {
namespace {

constexpr absl::Duration kRetryMin = absl::Milliseconds(200);
constexpr absl::Duration kRetryMax = absl::Seconds(10);

}  // namespace

void ThreadedFeed::Start() {
  thread_ = std::thread([this] { Run(); });
}

void ThreadedFeed::StopThread() {
  stop_ = true;
  Wake();
  if (thread_.joinable()) thread_.join();
}

void ThreadedFeed::Wake() {
  const std::lock_guard lock(sleep_mutex_);
  is_woken_ = true;
  woken_.notify_all();
}

void ThreadedFeed::SleepFor(absl::Duration duration) {
  std::unique_lock lock(sleep_mutex_);
  woken_.wait_for(lock, absl::ToChronoMilliseconds(duration), [this] { return is_woken_; });
  is_woken_ = false;
}

void ThreadedFeed::Run() {
  absl::Duration retry = kRetryMin;
  while (!stop_) {
    if (is_paused()) {
      SetState("paused", Message(Rest()));
      SleepFor(absl::Seconds(1));
      continue;
    }
    const uint64_t changes = statistics_.transactions;
    const absl::Status status = Work();
    if (stop_) return;
    if (status.ok()) continue;
    ++statistics_.failures;
    SetState(writer_.IsBlocked() ? "blocked" : "error", Message(status));
    if (statistics_.transactions > changes) retry = kRetryMin;
    SleepFor(retry);
    retry = std::min(retry * 2, kRetryMax);
  }
}

}  // namespace aisle
