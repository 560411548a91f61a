// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/event_loop.h"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>

namespace aisle {
namespace {

void RunAll(std::vector<EventLoop::Task>* tasks) {
  // What a task holds is let go when it has run.
  for (EventLoop::Task& task : *tasks) std::exchange(task, nullptr)();
  tasks->clear();
}

}  // namespace

EventLoop::EventLoop(size_t waiting_max)
    : waiting_max_(std::clamp<size_t>(waiting_max, 1, kWaitingMax)) {}

void EventLoop::AfterReading(Task task) {
  waiting_.push_back(std::move(task));
  if (waiting_.size() >= waiting_max_) return RunWaiting();
  // What is posted runs after the sockets that were found readable together with this one.
  if (std::exchange(turn_is_posted_, true)) return;
  boost::asio::post(context_, [this] {
    turn_is_posted_ = false;
    RunWaiting();
  });
}

void EventLoop::AfterAnswering(Task task) {
  if (!answering_) return std::move(task)();
  after_.push_back(std::move(task));
}

void EventLoop::RunWaiting() {
  answering_ = true;
  RunAll(&waiting_);
  answering_ = false;
  RunAll(&after_);
}

}  // namespace aisle
