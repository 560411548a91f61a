// SPDX-License-Identifier: GPL-3.0-or-later
//
// From text to tokens, from prefix to words, from values to JSON.
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/dictionary.h"
#include "core/json.h"
#include "core/json_writer.h"
#include "text/analyzer.h"

namespace aisle {
namespace {

constexpr std::string_view kTitle =
    "Women's waterproof trail-running shoe WH-1000, size 38.5, dark blue & cafe brown";
constexpr std::string_view kAccented = "Café crème brûlée für Straßenläufer, naïve Größe 38½";

void Analyze(benchmark::State& state) {
  const bool plain = state.range(0) == 0;
  const auto analyzer = *Analyzer::Create({.locale = "en", .stem = state.range(1) == 1});
  std::vector<Token> tokens;
  for (auto _ : state) {
    tokens.clear();
    analyzer->Analyze(plain ? kTitle : kAccented, &tokens);
    benchmark::DoNotOptimize(tokens.data());
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * tokens.size()));
}
BENCHMARK(Analyze)->ArgNames({"accents", "stem"})->ArgsProduct({{0, 1}, {0, 1}});

void FillWords(Dictionary* words) {
  for (int i = 0; i < 200'000; ++i) words->Add("word" + std::to_string(i * 7919 % 1'000'003));
}

void FindWord(benchmark::State& state) {
  Dictionary words;
  FillWords(&words);
  for (auto _ : state) benchmark::DoNotOptimize(words.Find("word7919"));
}
BENCHMARK(FindWord);

// A longer prefix has fewer words.
void FindPrefix(benchmark::State& state) {
  Dictionary words;
  FillWords(&words);
  const std::string prefix = std::string("word1234").substr(0, static_cast<size_t>(state.range(0)));
  std::vector<uint32_t> ordinals;
  words.FindPrefix(prefix, &ordinals);  // the first one sorts the dictionary
  for (auto _ : state) {
    ordinals.clear();
    words.FindPrefix(prefix, &ordinals);
    benchmark::DoNotOptimize(ordinals.data());
  }
  state.counters["words"] = static_cast<double>(ordinals.size());
}
BENCHMARK(FindPrefix)->ArgName("bytes")->DenseRange(5, 8);

void WriteObject(benchmark::State& state) {
  std::string text;
  for (auto _ : state) {
    text.clear();
    JsonWriter writer(&text);
    writer.BeginObject().Key("value").Value("Safe").Key("highlighted").Value("Safe");
    writer.Key("count").Value(uint64_t{28}).Key("snippet").Value(kTitle).EndObject();
    benchmark::DoNotOptimize(text.data());
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(WriteObject);

// Every `range`-th byte needs an escape; 0: none.
void WriteText(benchmark::State& state) {
  std::string text(1000, 'x');
  const auto step = static_cast<size_t>(state.range(0));
  for (size_t i = 0; step > 0 && i < text.size(); i += step) text[i] = '"';
  std::string out;
  for (auto _ : state) {
    out.clear();
    AppendJsonString(text, &out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(WriteText)->ArgName("escapes")->Arg(0)->Arg(100)->Arg(8);

void ReadDocument(benchmark::State& state) {
  const std::string document =
      R"({"id":"p99060","title":"kima sopor furezir huru","brand":"Safe","category":"Coti > Favo",)"
      R"("sizes":["38","39","40"],"price":12.5,"rating":4.5,"popularity":1234,"in_stock":true})";
  for (auto _ : state) benchmark::DoNotOptimize(ParseJson(document));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * document.size()));
}
BENCHMARK(ReadDocument);

}  // namespace
}  // namespace aisle
