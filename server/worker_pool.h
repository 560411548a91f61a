// SPDX-License-Identifier: GPL-3.0-or-later
//
// WorkerPool: threads for what blocks (fsync, exports), with a bounded queue, so that event loops
// never wait.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace aisle {

// Thread safe.
class WorkerPool {
 public:
  // At most `queued_max` tasks wait while all `threads` are busy.
  WorkerPool(unsigned threads, size_t queued_max);
  // As Join().
  ~WorkerPool();

  // False, without having taken the task, if the queue is full or Join() was called.
  bool TryPost(std::function<void()> task);
  // Runs what is queued and ends the threads.
  void Join();
  // Tasks that run or wait.
  size_t pending() const;
  // Whether TryPost() would say no now.
  bool full() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace aisle
