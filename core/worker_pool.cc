// SPDX-License-Identifier: GPL-3.0-or-later
//
// Loops form a queue. A helper takes steps of the first loop until all are taken, and removes it
// then; the caller takes steps of its own loop, and waits for those that helpers still work on.
#include "core/worker_pool.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace aisle {
namespace {

struct Loop {
  size_t count = 0;
  const std::function<void(size_t)>* step = nullptr;  // lives until all steps are done
  std::atomic<size_t> next = 0;
  // Guarded by the pool's mutex:
  size_t done = 0;
  std::exception_ptr thrown;  // by a step, the first that did
};

// Locks of the standard library: the thread sanitizer does not see into an Abseil that was built
// without it.
class WorkerPool {
 public:
  // Lives as long as the process: threads of it may work while static objects are destroyed.
  static WorkerPool& Get() {
    static WorkerPool* const pool = new WorkerPool();
    return *pool;
  }

  void Run(size_t count, const std::function<void(size_t)>& step) {
    const auto loop = std::make_shared<Loop>();
    loop->count = count;
    loop->step = &step;
    {
      const std::lock_guard lock(mutex_);
      loops_.push_back(loop);
    }
    has_loops_.notify_all();
    TakeSteps(loop.get());
    std::unique_lock lock(mutex_);
    is_done_.wait(lock, [&] { return loop->done == loop->count; });
    if (loop->thrown != nullptr) std::rethrow_exception(loop->thrown);
  }

 private:
  WorkerPool() {
    const size_t cores = std::max(1u, std::thread::hardware_concurrency());
    for (size_t i = 1; i < cores; ++i) std::thread([this] { Help(); }).detach();
  }

  void TakeSteps(Loop* loop) {
    size_t taken = 0;
    std::exception_ptr thrown;
    for (size_t i = loop->next++; i < loop->count; i = loop->next++) {
      try {
        (*loop->step)(i);
      } catch (...) {
        thrown = std::current_exception();
      }
      ++taken;
    }
    const std::lock_guard lock(mutex_);
    std::erase_if(loops_, [&](const auto& other) { return other.get() == loop; });
    loop->done += taken;
    if (loop->thrown == nullptr) loop->thrown = thrown;
    if (loop->done == loop->count) is_done_.notify_all();
  }

  void Help() {
    while (true) {
      std::shared_ptr<Loop> loop;
      {
        std::unique_lock lock(mutex_);
        has_loops_.wait(lock, [&] { return !loops_.empty(); });
        loop = loops_.front();
      }
      TakeSteps(loop.get());
    }
  }

  std::mutex mutex_;
  std::condition_variable has_loops_, is_done_;
  std::deque<std::shared_ptr<Loop>> loops_;
};

}  // namespace

void ForEachInParallel(size_t count, const std::function<void(size_t)>& step) {
  static const bool is_alone = std::thread::hardware_concurrency() <= 1;
  if (count > 1 && !is_alone) return WorkerPool::Get().Run(count, step);
  for (size_t i = 0; i < count; ++i) step(i);
}

}  // namespace aisle
