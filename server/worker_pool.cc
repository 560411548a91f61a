// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/worker_pool.h"

#include <atomic>
#include <mutex>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

namespace aisle {

struct WorkerPool::Impl {
  Impl(unsigned threads, size_t queued_max) : pending_max(threads + queued_max), pool(threads) {}

  const size_t pending_max;
  std::atomic<size_t> pending{0};
  std::mutex mutex;     // orders TryPost() before or after Join()
  bool joined = false;  // guarded by mutex
  boost::asio::thread_pool pool;
};

WorkerPool::WorkerPool(unsigned threads, size_t queued_max)
    : impl_(std::make_unique<Impl>(threads, queued_max)) {}

WorkerPool::~WorkerPool() { Join(); }

bool WorkerPool::TryPost(std::function<void()> task) {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->joined) return false;
  if (impl_->pending.fetch_add(1, std::memory_order_relaxed) >= impl_->pending_max) {
    impl_->pending.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  boost::asio::post(impl_->pool, [impl = impl_.get(), task = std::move(task)]() mutable {
    task();
    task = nullptr;  // what it holds goes before its place is free
    impl->pending.fetch_sub(1, std::memory_order_relaxed);
  });
  return true;
}

void WorkerPool::Join() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->joined = true;
  }
  impl_->pool.join();
}

bool WorkerPool::full() const { return pending() >= impl_->pending_max; }

size_t WorkerPool::pending() const { return impl_->pending.load(std::memory_order_relaxed); }

}  // namespace aisle
