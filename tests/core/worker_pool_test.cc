// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker_pool.h"

#include <atomic>
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

}  // namespace
}  // namespace aisle
