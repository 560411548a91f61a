// SPDX-License-Identifier: GPL-3.0-or-later
//
// Document sets and columns: what counting and filtering are made of.
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "facets/column.h"
#include "facets/doc_set.h"
#include "facets/matches.h"
#include "facets/number_column.h"
#include "facets/ordinal_column.h"
#include "facets/ordinal_counts.h"
#include "facets/value_dictionary.h"

namespace aisle {
namespace {

constexpr uint32_t kDocuments = 200'000;

DocSet RandomSet(uint32_t share, uint32_t seed) {
  std::mt19937 random(seed);
  DocSet set(kDocuments);
  for (DocId doc = 0; doc < kDocuments; ++doc) {
    if (random() % share == 0) set.Set(doc);
  }
  return set;
}

void SetCommon(benchmark::State& state) {
  const DocSet a = RandomSet(3, 1), b = RandomSet(5, 2);
  for (auto _ : state) benchmark::DoNotOptimize(a.CountCommon(b));
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kDocuments));
}
BENCHMARK(SetCommon);

void SetToList(benchmark::State& state) {
  const DocSet set = RandomSet(static_cast<uint32_t>(state.range(0)), 1);
  std::vector<DocId> docs;
  for (auto _ : state) {
    docs.clear();
    set.AppendTo(&docs);
    benchmark::DoNotOptimize(docs.data());
  }
}
BENCHMARK(SetToList)->ArgName("share")->Arg(3)->Arg(100);

// The arguments: different values of the field, share of the documents that match.
void CountOrdinals(benchmark::State& state) {
  const auto values = static_cast<uint32_t>(state.range(0));
  std::mt19937 random(4);
  ValueDictionary dictionary;
  for (uint32_t i = 0; i < values; ++i) dictionary.Add("value " + std::to_string(i));
  OrdinalColumnBuilder builder;
  for (DocId doc = 0; doc < kDocuments; ++doc) {
    const uint32_t ordinal = static_cast<uint32_t>(random() % values);
    builder.Append({&ordinal, 1});
  }
  const AnyColumn column = builder.Build();
  const DocSet set = RandomSet(static_cast<uint32_t>(state.range(1)), 5);
  const Matches matches(set);
  for (auto _ : state) {
    OrdinalCounts counts(dictionary);
    counts.Add(column, matches);
    benchmark::DoNotOptimize(counts.CountOf(0));
  }
  state.counters["matches"] = matches.Count();
}
BENCHMARK(CountOrdinals)->ArgNames({"values", "share"})->ArgsProduct({{16, 5000}, {1, 10, 100}});

// Codes of dense prices in a range: what a filter does with each block of documents.
void ScanPrices(benchmark::State& state) {
  std::mt19937 random(6);
  NumberColumnBuilder<double> builder;
  for (DocId doc = 0; doc < kDocuments; ++doc) {
    const double price = static_cast<double>(random() % 100'000) / 100;
    builder.Append({&price, 1});
  }
  const FloatColumn column = builder.Build();
  for (auto _ : state) {
    uint32_t inside = 0;
    column.Visit([&](const auto& reader) {
      for (DocId doc = 0; doc < column.size(); ++doc) {
        const uint64_t code = reader.At(doc);
        inside += code >= 10'000 && code <= 20'000;
      }
    });
    benchmark::DoNotOptimize(inside);
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kDocuments));
}
BENCHMARK(ScanPrices);

}  // namespace
}  // namespace aisle
