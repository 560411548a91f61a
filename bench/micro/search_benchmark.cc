// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole searches over a generated catalog in an embedded engine.
#include <filesystem>
#include <memory>
#include <random>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "engine/engine.h"

namespace aisle {
namespace {

constexpr int kProducts = 50'000;

// An engine with kProducts products, made once.
class Catalog {
 public:
  static const Engine& Get() {
    static Catalog catalog;
    return *catalog.engine_;
  }

 private:
  Catalog() {
    std::string pattern = (std::filesystem::temp_directory_path() / "aisle-bench-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    EngineOptions options;
    options.data_dir = directory_;
    options.splits_large_searches = false;
    engine_ = *Engine::Open(options);
    const Json schema = *ParseJson(R"({"name":"bench","fields":[{"name":"title","type":"string"},
        {"name":"brand","type":"string","facet":true},{"name":"color","type":"string","facet":true},
        {"name":"price","type":"float","facet":true}]})");
    (void)engine_->CreateCollection(*Schema::FromJson(schema)).status();
    std::mt19937 random(1);
    std::vector<absl::StatusOr<Json>> batch;
    for (int i = 0; i < kProducts; ++i) {
      batch.emplace_back(Product(random, i));
      if (batch.size() < 1000) continue;
      (void)engine_->WriteDocuments("bench", WriteAction::kCreate, std::move(batch)).status();
      batch.clear();
    }
    (void)engine_->Flush("bench");
    (void)engine_->TakeInWords("bench");
  }
  ~Catalog() {
    engine_.reset();
    std::filesystem::remove_all(directory_);
  }

  // Words by a power law, as in real titles.
  static Json Product(std::mt19937& random, int i) {
    std::string title;
    std::uniform_real_distribution<double> uniform;
    for (int w = 0; w < 8; ++w) {
      title += fmt::format("word{} ", static_cast<int>(std::pow(5000.0, uniform(random))));
    }
    return Json(Json::Object{{"id", std::to_string(i)},
                             {"title", title},
                             {"brand", fmt::format("brand{}", random() % 500)},
                             {"color", fmt::format("color{}", random() % 16)},
                             {"price", std::exp(uniform(random) * 6)}});
  }

  std::string directory_;
  std::unique_ptr<Engine> engine_;
};

void Run(benchmark::State& state, const SearchRequest& request) {
  uint64_t found = 0;
  const Engine& engine = Catalog::Get();
  for (auto _ : state) {
    const auto response = engine.Search("bench", request);
    if (!response.ok()) return state.SkipWithError(std::string(Message(response.status())).c_str());
    found = (*response)->found;
  }
  state.counters["found"] = static_cast<double>(found);
}

void TwoWords(benchmark::State& state) { Run(state, {.q = "word3 word20", .prefix = false}); }
void TwoWordsThreeFacets(benchmark::State& state) {
  Run(state, {.q = "word3 word20", .prefix = false, .facet_by = "brand,color,price"});
}
void CategoryPage(benchmark::State& state) { Run(state, {.facet_by = "brand,color"}); }
void RefinedFacets(benchmark::State& state) {
  Run(state, {.filter_by = "brand:=[brand1,brand2] && color:=color3", .facet_by = "brand,color"});
}
void SortedByPrice(benchmark::State& state) {
  Run(state, {.filter_by = "color:=color3 && price:[5..50]", .sort_by = "price:asc"});
}

// A page with two refined facets as clients of other engines ask for it: once for its hits, and
// once for each refined facet without that facet's filter.
std::vector<absl::StatusOr<CollectionSearch>> RefinedPage(const std::string& q) {
  const std::string brand = "brand:=[brand1,brand2]", color = "color:=color3";
  const auto search = [&](const std::string& filter, const std::string& facets, uint64_t hits) {
    return CollectionSearch{
        "bench",
        {.q = q, .prefix = false, .filter_by = filter, .facet_by = facets, .per_page = hits}};
  };
  return {search(brand + " && " + color, "brand,color,price", 10), search(color, "brand", 0),
          search(brand, "color", 0)};
}
void RefinedPageOneByOne(benchmark::State& state, const std::string& q) {
  const auto searches = RefinedPage(q);
  const Engine& engine = Catalog::Get();
  for (auto _ : state) {
    for (const auto& search : searches) {
      benchmark::DoNotOptimize(engine.Search("bench", search->request));
    }
  }
}
void RefinedPageAtOnce(benchmark::State& state, const std::string& q) {
  const auto searches = RefinedPage(q);
  const Engine& engine = Catalog::Get();
  for (auto _ : state) benchmark::DoNotOptimize(engine.SearchAll(searches));
}

BENCHMARK(TwoWords);
BENCHMARK(TwoWordsThreeFacets);
BENCHMARK(CategoryPage);
BENCHMARK(RefinedFacets);
BENCHMARK(SortedByPrice);
BENCHMARK_CAPTURE(RefinedPageOneByOne, two_words, "word3 word20");
BENCHMARK_CAPTURE(RefinedPageAtOnce, two_words, "word3 word20");
BENCHMARK_CAPTURE(RefinedPageOneByOne, mistyped, "word3 wrod204");
BENCHMARK_CAPTURE(RefinedPageAtOnce, mistyped, "word3 wrod204");

}  // namespace
}  // namespace aisle
