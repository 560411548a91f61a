// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <absl/time/clock.h>
#include <gtest/gtest.h>

#include "engine/collection.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

constexpr uint32_t kShards = 2;
constexpr uint64_t kMemtableDocuments = 500;
constexpr int kFull = 2000, kRest = 200;  // each shard's memtable

absl::StatusOr<std::shared_ptr<Collection>> MakeShoes(const std::string& path) {
  const Schema schema = *Schema::FromJson(
      *ParseJson(R"({"name": "shoes", "fields": [{"name": "title", "type": "string"}]})"));
  RETURN_IF_ERROR(Collection::Create(path, schema, kShards));
  return Collection::Open(path, {.memtable_documents = kMemtableDocuments});
}

void Import(int from, int to, Collection* collection) {
  std::vector<ChangeEvent> events;
  for (int id = from; id < to; ++id) {
    const std::string json = R"({"id": ")" + std::to_string(id) + R"(", "title": "shoe"})";
    events.push_back({WriteAction::kUpsert, *ParseJson(json)});
  }
  const auto results = collection->applier().Apply(std::move(events), {.urgency = Urgency::kBulk});
  ASSERT_TRUE(results.ok()) << results.status();
}

// The last memtable of an import is small beside what was flushed before it: what is merged before
// that is written leaves it as one more segment, into which every search has to look.
TEST(FlushTest, AnImportEndsInOneSegmentForEachShard) {
  const TempDirectory directory;
  const auto collection = *MakeShoes(directory.path() + "/shoes");
  CollectionIndex& index = collection->index();
  int id = 0;
  for (uint32_t segments = 1; segments <= 9; ++segments, id += kFull) {
    Import(id, id + kFull, collection.get());
    const absl::Time end = absl::Now() + absl::Seconds(30);
    while (index.statistics().segments != segments * kShards) {
      ASSERT_LT(absl::Now(), end) << "the memtables are not flushed";
      absl::SleepFor(absl::Milliseconds(1));
    }
  }
  Import(id, id + kRest, collection.get());
  ASSERT_TRUE(index.Flush().ok());
  EXPECT_EQ(index.statistics().segments, kShards);
  EXPECT_EQ(index.snapshot()->live_count, static_cast<uint64_t>(id + kRest));
}

// They read a snapshot, which may be replaced and freed meanwhile.
TEST(FlushTest, StatisticsAreReadWhileSegmentsChange) {
  const TempDirectory directory;
  const auto collection = *MakeShoes(directory.path() + "/shoes");
  CollectionIndex& index = collection->index();
  std::jthread reader([&index](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      ASSERT_LE(index.statistics().dead_documents, uint64_t{kFull});
    }
  });
  for (int round = 0; round < 1500; ++round) {
    Import(round % 10, round % 10 + 10, collection.get());
  }
}

}  // namespace
}  // namespace aisle
