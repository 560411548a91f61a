// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/event_loop.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using testing::ElementsAre;

class EventLoopTest : public testing::Test {
 protected:
  EventLoop::Task Note(std::string name) {
    return [this, name = std::move(name)] { ran_.push_back(name); };
  }
  // Stands for a socket with a request: reading it leads to a task that answers.
  void Come(std::string name) {
    boost::asio::post(loop_.context(), [this, name = std::move(name)] {
      ran_.push_back("read " + name);
      loop_.AfterReading(Note("answer " + name));
    });
  }

  EventLoop loop_{EventLoop::kWaitingMax};
  std::vector<std::string> ran_;
};

TEST_F(EventLoopTest, AnswersWhenAllThatHasComeIsRead) {
  Come("a");
  Come("b");
  loop_.Run();
  EXPECT_THAT(ran_, ElementsAre("read a", "read b", "answer a", "answer b"));
}

TEST_F(EventLoopTest, GoesOnAfterAnAnswer) {
  for (const char* name : {"a", "b"}) {
    Come(name);
    loop_.Run();
    loop_.context().restart();
  }
  EXPECT_THAT(ran_, ElementsAre("read a", "answer a", "read b", "answer b"));
}

TEST_F(EventLoopTest, WhatFollowsWaitsForAllAnswers) {
  for (const char* name : {"a", "b"}) {
    loop_.AfterReading([this, name] {
      loop_.AfterAnswering(Note(std::string("after ") + name));
      ran_.push_back(name);
    });
  }
  loop_.Run();
  EXPECT_THAT(ran_, ElementsAre("a", "b", "after a", "after b"));
}

TEST_F(EventLoopTest, WhatFollowsRunsAtOnceIfNothingIsAnswered) {
  loop_.AfterReading(Note("answer"));
  loop_.AfterAnswering(Note("at once"));
  loop_.Run();
  EXPECT_THAT(ran_, ElementsAre("at once", "answer"));
}

TEST_F(EventLoopTest, NoMoreWaitThanTheBound) {
  const auto add = [&] { loop_.AfterReading(Note("answer")); };
  for (size_t i = 1; i < EventLoop::kWaitingMax; ++i) add();
  EXPECT_TRUE(ran_.empty());
  add();
  EXPECT_EQ(ran_.size(), EventLoop::kWaitingMax);
  add();
  EXPECT_EQ(ran_.size(), EventLoop::kWaitingMax);
  loop_.Run();
  EXPECT_EQ(ran_.size(), EventLoop::kWaitingMax + 1);
}

TEST(EventLoop, MayBeBoundToLess) {
  for (const size_t most : {0, 1, 5}) {
    EventLoop loop(most);
    size_t ran = 0;
    for (size_t i = 1; i < std::max<size_t>(most, 1); ++i) loop.AfterReading([&ran] { ++ran; });
    EXPECT_EQ(ran, 0);
    loop.AfterReading([&ran] { ++ran; });
    EXPECT_EQ(ran, std::max<size_t>(most, 1));
  }
}

TEST(EventLoop, LetsGoOfWhatHasRunAndOfWhatNeverWill) {
  const auto held = std::make_shared<int>();
  {
    EventLoop loop(EventLoop::kWaitingMax);
    loop.AfterReading([held] {});
    EXPECT_EQ(held.use_count(), 2);
    loop.Run();
    EXPECT_EQ(held.use_count(), 1);
    loop.AfterReading([held] {});
  }
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace aisle
