// SPDX-License-Identifier: GPL-3.0-or-later
//
// Document sets and columns: what counting and filtering are made of.
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "facets/column.h"
#include "facets/doc_set.h"
#include "facets/facet_collector.h"
#include "facets/matches.h"
#include "facets/number_column.h"
#include "facets/ordinal_column.h"
#include "facets/ordinal_counts.h"
#include "facets/value_dictionary.h"
#include "query/filter_node.h"

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

double RandomPrice(std::mt19937* random) {
  return static_cast<double>((*random)() % 100'000) / 100;
}

FloatColumn RandomPrices(std::mt19937* random) {
  NumberColumnBuilder<double> builder;
  for (DocId doc = 0; doc < kDocuments; ++doc) {
    const double price = RandomPrice(random);
    builder.Append({&price, 1});
  }
  return builder.Build();
}

std::vector<FloatColumn::Change> RandomChanges(int64_t count, std::mt19937* random) {
  std::vector<FloatColumn::Change> changes;
  for (int64_t i = 0; i < count; ++i) {
    changes.push_back({static_cast<DocId>((*random)() % kDocuments), RandomPrice(random)});
  }
  return changes;
}

// Codes of dense prices in a range: what a filter does with each block of documents.
void ScanPrices(benchmark::State& state) {
  std::mt19937 random(6);
  const FloatColumn column = RandomPrices(&random);
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

// The same through the filter, of a column as it was built and of one that has changed (hot): all
// documents, or those of a list.
void FilterPrices(benchmark::State& state) {
  std::mt19937 random(6);
  FloatColumn column = RandomPrices(&random);
  if (state.range(0) != 0) column = column.With(RandomChanges(kDocuments, &random));
  Filter filter;
  filter.kind = Filter::Kind::kNumbers;
  filter.ranges = {{.from = 100, .to = 200}};
  std::vector<DocId> listed;
  for (DocId doc = 0; doc < kDocuments; doc += static_cast<DocId>(1 + random() % 20))
    listed.push_back(doc);
  const auto node = FilterByNumbers(column, filter);
  for (auto _ : state) {
    if (state.range(1) != 0) {
      std::vector<DocId> docs = listed;
      node->Narrow(&docs);
      benchmark::DoNotOptimize(docs.data());
    } else {
      DocSet set(kDocuments);
      node->Fill(&set);
      benchmark::DoNotOptimize(set.words().data());
    }
  }
}
BENCHMARK(FilterPrices)->ArgNames({"hot", "list"})->ArgsProduct({{0, 1}, {0, 1}});

void FacetPrices(benchmark::State& state) {
  std::mt19937 random(6);
  FloatColumn prices = RandomPrices(&random);
  if (state.range(0) != 0) prices = prices.With(RandomChanges(kDocuments, &random));
  const AnyColumn column = std::move(prices);
  const Matches matches(DocSet(kDocuments, true));
  FacetRequest request;
  request.field = "price";
  request.ranges = {{.label = "low", .from = 0, .to = 100},
                    {.label = "high", .from = 100, .to = {}}};
  Field field;
  field.name = "price";
  field.type = FieldType::kFloat;
  for (auto _ : state) {
    auto collector = FacetCollector::Create(request, field, nullptr);
    (*collector)->Collect(column, matches);
    benchmark::DoNotOptimize((*collector)->Finish());
  }
}
BENCHMARK(FacetPrices)->ArgNames({"hot"})->Args({0})->Args({1});

// What a group of hot updates costs the column.
void ChangePrices(benchmark::State& state) {
  std::mt19937 random(6);
  FloatColumn column = RandomPrices(&random);
  column = column.With(RandomChanges(1, &random));
  const std::vector<FloatColumn::Change> changes = RandomChanges(state.range(0), &random);
  for (auto _ : state) column = column.With(changes);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ChangePrices)->ArgNames({"changes"})->Args({1})->Args({100})->Args({4000});

}  // namespace
}  // namespace aisle
