// SPDX-License-Identifier: GPL-3.0-or-later
//
// Posting lists of 1 in `share` documents: share 4 is a bitmap, 100 are packed blocks.
#include <array>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "indexer/bit_packing.h"
#include "indexer/posting_store.h"

namespace aisle {
namespace {

constexpr uint32_t kDocuments = 200'000;

std::vector<DocId> RandomDocs(uint32_t share, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<DocId> docs;
  for (DocId doc = 0; doc < kDocuments; ++doc) {
    if (random() % share == 0) docs.push_back(doc);
  }
  return docs;
}

PostingStore StoreOf(uint32_t share) {
  FieldPatternsBuilder patterns;
  const std::array<uint8_t, 1> once = {1};
  patterns.Add(1, once.data());
  std::vector<uint32_t> final_codes;
  PostingStoreBuilder builder(patterns.Build(&final_codes), kDocuments);
  const std::vector<DocId> docs = RandomDocs(share, 1);
  builder.Add(0, docs, std::vector<uint32_t>(docs.size(), 0));
  return builder.Build();
}

void Decode(benchmark::State& state) {
  const PostingStore store = StoreOf(static_cast<uint32_t>(state.range(0)));
  std::vector<DocId> docs;
  for (auto _ : state) {
    docs.clear();
    store.Find(0).AppendTo(&docs);
    benchmark::DoNotOptimize(docs.data());
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * docs.size()));
}
BENCHMARK(Decode)->ArgName("share")->Arg(4)->Arg(100)->Arg(5000);

// The arguments: share of the list, share of the documents that are looked for.
void Intersect(benchmark::State& state) {
  const PostingStore store = StoreOf(static_cast<uint32_t>(state.range(0)));
  const std::vector<DocId> docs = RandomDocs(static_cast<uint32_t>(state.range(1)), 2);
  std::vector<uint32_t> kept, positions;
  for (auto _ : state) {
    kept.clear();
    positions.clear();
    store.Find(0).Intersect(docs, &kept, &positions);
    benchmark::DoNotOptimize(kept.data());
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * docs.size()));
}
BENCHMARK(Intersect)->ArgNames({"share", "docs"})->ArgsProduct({{4, 100}, {50, 2000}});

void UnpackOneBlock(benchmark::State& state) {
  const auto width = static_cast<unsigned>(state.range(0));
  std::mt19937 random(3);
  std::array<uint32_t, kPackedBlock> numbers;
  uint32_t number = 0;
  for (uint32_t& each : numbers)
    each = number += static_cast<uint32_t>(1 + random() % ((1u << width) - 1));
  std::vector<uint8_t> packed(PackedBytes(32));
  const unsigned packed_width = PackedWidth(numbers.data(), 0);
  PackBlock(numbers.data(), 0, packed_width, packed.data());
  for (auto _ : state) {
    UnpackBlock(packed.data(), 0, packed_width, numbers.data());
    benchmark::DoNotOptimize(numbers);
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kPackedBlock));
}
BENCHMARK(UnpackOneBlock)->ArgName("width")->Arg(3)->Arg(7)->Arg(12);

}  // namespace
}  // namespace aisle
