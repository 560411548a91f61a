// SPDX-License-Identifier: GPL-3.0-or-later
//
// The process dies at any moment: what was acknowledged is there, and at most the one operation
// more that was under way.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>

#include "tests/ingest/stored_collection.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

constexpr int kRounds = 20;

// Works on from `state` until killed, with a byte into `acknowledge` after each operation.
[[noreturn]] void WorkUntilKilled(const std::string& path, StoredState state, uint32_t seed,
                                  int acknowledge) {
  auto collection = StoredCollection::Open(path);
  if (!collection.ok()) _exit(2);
  std::mt19937 random(seed);
  while (true) {
    const StoredOperation operation = RandomOperation(state, &random);
    if (!collection->Execute(operation).ok()) _exit(3);
    Apply(operation, &state);
    if (write(acknowledge, "+", 1) != 1) _exit(4);
  }
}

// The number of operations that a child acknowledged before it was killed; negative if it ended by
// itself.
int RunAndKill(const std::string& path, const StoredState& state, uint32_t seed,
               std::mt19937* random) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    WorkUntilKilled(path, state, seed, ends[1]);
  }
  close(ends[1]);
  int acknowledged = 0;
  char byte = 0;
  if (read(ends[0], &byte, 1) == 1) ++acknowledged;
  std::this_thread::sleep_for(std::chrono::microseconds((*random)() % 60000));
  kill(child, SIGKILL);
  while (read(ends[0], &byte, 1) == 1) ++acknowledged;
  close(ends[0]);
  int result = 0;
  waitpid(child, &result, 0);
  return WIFSIGNALED(result) && WTERMSIG(result) == SIGKILL ? acknowledged : -1;
}

TEST(JournalCrash, AcknowledgedOperationsSurviveAKill) {
  TempDirectory directory;
  const std::string path = directory.path() + "/collection";
  ASSERT_TRUE(StoredCollection::Create(path).ok());
  std::mt19937 random(TestSeed());
  StoredState state = StoredCollection::InitialState();
  int total = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto seed = static_cast<uint32_t>(random());
    const int acknowledged = RunAndKill(path, state, seed, &random);
    ASSERT_GE(acknowledged, 0) << "the child ended by itself";
    total += acknowledged;

    std::mt19937 same_random(seed);
    for (int i = 0; i < acknowledged; ++i) Apply(RandomOperation(state, &same_random), &state);
    StoredState one_more = state;
    Apply(RandomOperation(state, &same_random), &one_more);

    const auto found = ReadState(path);
    ASSERT_TRUE(found.ok()) << found.status();
    ASSERT_TRUE(*found == state || *found == one_more)
        << "round " << round << ", " << acknowledged << " acknowledged\nfound: " << Describe(*found)
        << "\nacknowledged: " << Describe(state);
    state = *found;
  }
  EXPECT_GT(total, kRounds);
}

}  // namespace
}  // namespace aisle
