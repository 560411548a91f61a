// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/merge_policy.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

// A shard's segments, and how many documents were written in all.
class Segments {
 public:
  void Flush(uint32_t documents) {
    sizes_.push_back({documents, documents});
    written_ += documents;
  }
  void MergeAll(MergeEffort effort) {
    for (auto places = ChooseMerge(sizes_, effort); !places.empty();
         places = ChooseMerge(sizes_, effort)) {
      uint32_t live = 0;
      for (auto it = places.rbegin(); it != places.rend(); ++it) {
        live += sizes_[*it].live;
        sizes_.erase(sizes_.begin() + static_cast<ptrdiff_t>(*it));
      }
      sizes_.push_back({live, live});
      written_ += live;
    }
  }
  const std::vector<SegmentSize>& sizes() const { return sizes_; }
  uint64_t written() const { return written_; }

 private:
  std::vector<SegmentSize> sizes_;
  uint64_t written_ = 0;
};

TEST(MergePolicyTest, ALoadEndsInOneLargeSegmentAndASmallTail) {
  std::mt19937 random(TestSeed());
  for (int round = 0; round < 200; ++round) {
    Segments segments;
    uint64_t documents = 0;
    for (size_t flushes = 1 + random() % 60; flushes > 0; --flushes) {
      const auto size = static_cast<uint32_t>(1 + random() % 60000);
      segments.Flush(size);
      documents += size;
      segments.MergeAll(MergeEffort::kTiers);
    }
    segments.MergeAll(MergeEffort::kTail);
    uint64_t largest = 0, all = 0;
    for (const SegmentSize& size : segments.sizes()) {
      largest = std::max<uint64_t>(largest, size.live);
      all += size.live;
    }
    EXPECT_EQ(all, documents);
    EXPECT_GT(largest, (all - largest) * kTailShare);
    EXPECT_LE(segments.sizes().size(), 8u);
    EXPECT_LE(segments.written(), documents * 6);
  }
}

// An import's documents are written by their flush and then about once more.
TEST(MergePolicyTest, BulkIsMergedLate) {
  constexpr uint32_t kSize = 50000;
  for (uint32_t flushes = 1; flushes <= 100; ++flushes) {
    Segments bulk, changes;
    for (uint32_t i = 0; i < flushes; ++i) {
      bulk.Flush(kSize);
      bulk.MergeAll(MergeEffort::kBulk);
      EXPECT_LT(bulk.sizes().size(), kSegmentsInBulk);
      changes.Flush(kSize);
      changes.MergeAll(MergeEffort::kTiers);
    }
    bulk.MergeAll(MergeEffort::kTail);
    changes.MergeAll(MergeEffort::kTail);
    EXPECT_LE(bulk.written(), changes.written()) << flushes;
    const uint64_t times = flushes < kSegmentsInBulk ? 2 : 4;
    EXPECT_LE(bulk.written(), uint64_t{flushes} * kSize * times) << flushes;
  }
}

// A flush of a few documents does not rewrite a large segment each time.
TEST(MergePolicyTest, SmallChangesAreCheap) {
  Segments segments;
  segments.Flush(1'000'000);
  const uint64_t before = segments.written();
  for (int i = 0; i < 10'000; ++i) {
    segments.Flush(1);
    segments.MergeAll(MergeEffort::kTail);
  }
  EXPECT_LE(segments.written() - before, 10'000 * 50u);
  EXPECT_LE(segments.sizes().size(), 7u);
}

TEST(MergePolicyTest, ASegmentWithManyDeadIsRewrittenAlone) {
  const std::vector<SegmentSize> sizes = {{1000, 1000}, {100, 151}, {5, 5}};
  EXPECT_EQ(ChooseMerge(sizes, MergeEffort::kTiers), std::vector<size_t>{1});
  EXPECT_EQ(ChooseMerge(sizes, MergeEffort::kTail), std::vector<size_t>{1});
}

}  // namespace
}  // namespace aisle
