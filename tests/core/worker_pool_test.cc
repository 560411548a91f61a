// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker_pool.h"

#include <atomic>
#include <chrono>
#include <new>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace aisle {
namespace {

TEST(WorkerPoolTest, EveryStepOfEveryLoopIsDoneOnceBeforeItReturns) {
  std::vector<std::thread> callers;
  std::atomic<int> mistakes = 0;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&] {
      for (size_t count = 0; count < 300; ++count) {
        std::vector<int> done(count, 0);  // not atomic: each place is of one step
        ForEachInParallel(count, [&](size_t i) { ++done[i]; });
        for (const int times : done) mistakes += times != 1;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(mistakes, 0);
}

// Whoever throws, the caller gets it, and no step goes on with what the caller has on its stack.
TEST(WorkerPoolTest, WhatAStepThrowsIsThrownOnceNoStepIsUnderWay) {
  for (size_t round = 0; round < 200; ++round) {
    std::atomic<int> under_way = 0;
    const auto step = [&](size_t i) {
      ++under_way;
      if (i % 2 == round % 2) {
        --under_way;
        throw std::bad_alloc();
      }
      std::this_thread::sleep_for(std::chrono::microseconds(20));
      --under_way;
    };
    EXPECT_THROW(ForEachInParallel(4, step), std::bad_alloc);
    EXPECT_EQ(under_way, 0);
  }
}

}  // namespace
}  // namespace aisle
