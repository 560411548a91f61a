// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the HTTP layer does beside the network: from a request target to a search, from its result
// to JSON.
#include <memory>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "server/query_string.h"
#include "server/search_codec.h"
#include "server/search_writer.h"

namespace aisle {
namespace {

constexpr std::string_view kTarget =
    "/collections/products/documents/search?q=wireless%20headphones&prefix=false&per_page=10"
    "&facet_by=brand,category,color";

Hit MakeHit(int i) {
  const std::string title = fmt::format("Wireless over-ear headphones, {} hours of music", i);
  const std::string description =
      "They shut out the noise of trains and offices, and last a whole week of journeys between "
      "two nights on the cable.";
  Hit hit;
  hit.document = fmt::format(
      R"({{"id":"p{}","title":"{}","description":"{}","brand":"Acme","price":{}.99,"stock":12}})",
      i, title, description, 20 + i);
  hit.highlights = {{.field = "title",
                     .snippets = {"<mark>Wireless</mark> over-ear <mark>headphones</mark>"},
                     .matched_tokens = {"Wireless", "headphones"}},
                    {.field = "description", .snippets = {description}, .matched_tokens = {"a"}}};
  hit.score = 97.73 - i;
  return hit;
}

FacetCounts MakeFacet(std::string field) {
  FacetCounts facet;
  facet.result.field = std::move(field);
  facet.result.total_values = 423;
  for (int i = 0; i < 10; ++i) {
    FacetValue value;
    value.value = fmt::format("Value {}", i);
    value.count = 1000 / (1 + static_cast<uint64_t>(i));
    facet.highlighted.push_back(value.value);
    facet.result.values.push_back(std::move(value));
  }
  return facet;
}

// Ten hits with highlights in two fields, and three facets of ten values.
SharedResponse<SearchResponse> MakeAnswer() {
  auto response = std::make_shared<SearchResponse>();
  for (int i = 0; i < 10; ++i) response->hits.push_back(MakeHit(i));
  for (const char* field : {"brand", "category", "color"}) {
    response->facets.push_back(MakeFacet(field));
  }
  response->found = 1234;
  response->out_of = 1'000'000;
  SharedResponse<SearchResponse> answer;
  answer.response = std::move(response);
  return answer;
}

void DecodeSearchTarget(benchmark::State& state) {
  for (auto _ : state) {
    const auto target = ParseTarget(kTarget);
    benchmark::DoNotOptimize(DecodeSearch(ParametersOf(target->query)));
  }
}
BENCHMARK(DecodeSearchTarget);

void WriteSearchAnswer(benchmark::State& state) {
  const SharedResponse<SearchResponse> answer = MakeAnswer();
  const SearchRequest request;
  size_t bytes = 0;
  for (auto _ : state) {
    std::string body;
    JsonWriter writer(&body);
    WriteSearchResponse("products", request, answer, &writer);
    benchmark::DoNotOptimize(body.data());
    bytes = body.size();
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * bytes));
}
BENCHMARK(WriteSearchAnswer);

}  // namespace
}  // namespace aisle
