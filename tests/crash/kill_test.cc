// SPDX-License-Identifier: GPL-3.0-or-later
//
// After kill -9 at any moment the index equals the fold of all acknowledged writes; the write under
// way may be there whole or not at all. With the journal cut at any byte it equals the fold of some
// first part of the writes.
#include <filesystem>
#include <random>

#include <gtest/gtest.h>

#include "tests/crash/change_history.h"
#include "tests/crash/writer_process.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

constexpr uint64_t kWritesMin = 100;

absl::StatusOr<std::unique_ptr<Engine>> OpenEngine(const std::string& directory) {
  EngineOptions options;
  options.data_dir = directory;
  options.memtable_documents = 60;
  return Engine::Open(options);
}

DocumentMap Fold(const ChangeHistory& history, uint64_t writes) {
  DocumentMap documents;
  for (uint64_t i = 0; i < writes; ++i) history.Do(i, &documents);
  return documents;
}

TEST(Kill, NothingAcknowledgedIsLostInFiftyRounds) {
  const uint32_t seed = TestSeed();
  std::mt19937 random(seed);
  const ChangeHistory history(seed);
  TempDirectory directory;
  uint64_t next = 0;
  DocumentMap model;
  // On a busy machine a kill can come before the first write: it goes on until there were enough.
  for (int round = 0; round < 50 || next <= kWritesMin; ++round) {
    SCOPED_TRACE(fmt::format("round {}, after {} writes", round, next));
    // A memtable of 60 documents: flushes and merges are under way at most kills.
    WriterProcess writer(directory.path(), seed, next, 60);
    const int64_t acknowledged = writer.KillAfter(20 + static_cast<int>(random() % 400));
    ASSERT_GE(acknowledged, 0) << "the writer ended by itself";
    auto engine = OpenEngine(directory.path());
    ASSERT_TRUE(engine.ok()) << engine.status();
    if (!(*engine)->GetCollection("history").ok()) {
      ASSERT_EQ(acknowledged, 0);
      continue;
    }
    const auto found = ReadAll(**engine);
    ASSERT_TRUE(found.ok()) << found.status();
    for (; next < static_cast<uint64_t>(acknowledged); ++next) history.Do(next, &model);
    if (*found == model) continue;
    history.Do(next++, &model);  // the write under way was durable, its answer just did not get out
    ASSERT_EQ(*found, model);
  }
  std::printf("%llu writes\n", static_cast<unsigned long long>(next));
}

TEST(Kill, ACutJournalLeavesAFirstPartOfTheWrites) {
  const uint32_t seed = TestSeed();
  std::mt19937 random(seed);
  const ChangeHistory history(seed);
  for (int round = 0; round < 10; ++round) {
    SCOPED_TRACE(round);
    TempDirectory directory;
    // A large memtable: all that was written is in the journal alone.
    WriterProcess writer(directory.path(), seed, 0, 1'000'000);
    const int64_t acknowledged = writer.KillAfter(150 + static_cast<int>(random() % 200));
    ASSERT_GE(acknowledged, 0);
    for (const auto& file : std::filesystem::recursive_directory_iterator(directory.path())) {
      if (!file.path().string().ends_with("collection.db-wal") || file.file_size() == 0) continue;
      std::filesystem::resize_file(file.path(), random() % file.file_size());
    }
    auto engine = OpenEngine(directory.path());
    ASSERT_TRUE(engine.ok()) << engine.status();
    if (!(*engine)->GetCollection("history").ok()) continue;
    const auto found = ReadAll(**engine);
    ASSERT_TRUE(found.ok()) << found.status();
    bool is_first_part = false;
    for (int64_t writes = 0; writes <= acknowledged + 1 && !is_first_part; ++writes) {
      is_first_part = *found == Fold(history, static_cast<uint64_t>(writes));
    }
    EXPECT_TRUE(is_first_part);
  }
}

}  // namespace
}  // namespace aisle
