// SPDX-License-Identifier: GPL-3.0-or-later
//
// ThreadedFeed: a feed that asks its source itself, on a thread of its own: it works until an
// error, tells that, waits a moment and tries again.
//
// The destructor of a derived class calls StopThread() before its members go.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ingest/feed.h"

namespace aisle {

class ThreadedFeed : public Feed {
 public:
  void Start() override;

 protected:
  using Feed::Feed;

  // Works until an error, a pause or the end: until `stopping() || is_paused()`.
  virtual absl::Status Work() = 0;
  // Called now and then in a pause; must not change anything.
  virtual absl::Status Rest() { return absl::OkStatus(); }
  // Returns when the thread has ended.
  void StopThread();
  // Ends the thread's sleep.
  void Wake();
  // True when the thread is to end.
  const std::atomic<bool>& stopping() const { return stop_; }
  void OnReleased() override { Wake(); }

 private:
  void Run();
  void SleepFor(absl::Duration duration);

  // Of the standard library: its waits do not depend on the time of day.
  std::mutex sleep_mutex_;
  std::condition_variable woken_;
  bool is_woken_ = false;  // guarded by sleep_mutex_
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace aisle
