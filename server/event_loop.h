// SPDX-License-Identifier: GPL-3.0-or-later
//
// EventLoop: what one thread of the server does, one thing after the other.
//
// Requests that have come are read, then all of them are answered in the order in which they came,
// then the next requests are asked for. A search leaves little of the code around it in the
// processor's caches: this way it is fetched once for many requests and not for each.
#pragma once

#include <cstddef>
#include <vector>

#include <absl/functional/any_invocable.h>
#include <boost/asio/io_context.hpp>

namespace aisle {

// Used on its own thread only, but for context(), to which other threads may post. Tasks that still
// wait when it is destroyed do not run.
class EventLoop {
 public:
  using Task = absl::AnyInvocable<void() &&>;
  static constexpr size_t kWaitingMax = 32;  // more gain little

  // At most `waiting_max` tasks wait, and at most kWaitingMax; at least one may.
  explicit EventLoop(size_t waiting_max);

  boost::asio::io_context& context() { return context_; }
  // Runs until the context is stopped, or has nothing left to do or to wait for.
  void Run() { context_.run(); }

  // Runs `task`, after the tasks that wait, when what has come by now is read; before this returns
  // if as many wait as may. REQUIRES: not called by a task.
  void AfterReading(Task task);
  // Runs `task` when all tasks have run that wait for AfterReading(), at once if none is running.
  void AfterAnswering(Task task);

 private:
  void RunWaiting();

  const size_t waiting_max_;
  boost::asio::io_context context_{1};
  // Destroyed before the context, which the sockets in them use.
  std::vector<Task> waiting_, after_;
  bool turn_is_posted_ = false;
  bool answering_ = false;
};

}  // namespace aisle
