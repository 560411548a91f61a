// SPDX-License-Identifier: GPL-3.0-or-later
//
// Aisle through its embedder's door: acknowledged batches of 1,000 with an fsync each, one search
// call for each query. The hits carry their documents; highlights are off, since no other engine
// makes any.
#include <fstream>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "bench/harness/peer.h"
#include "bench/harness/product.h"
#include "core/limits.h"
#include "engine/engine.h"

namespace aisle::bench {
namespace {

constexpr std::string_view kCollection = "bench";

class AislePeer : public Peer {
 public:
  using Peer::Peer;

  absl::StatusOr<uint64_t> Build() override {
    RETURN_IF_ERROR(Open());
    std::ifstream in(AISLE_BENCH_SCHEMA);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    ASSIGN_OR_RETURN(const Json json, ParseJson(text));
    ASSIGN_OR_RETURN(Schema schema, Schema::FromJson(json));
    RETURN_IF_ERROR(engine_->CreateCollection(std::move(schema)).status());
    uint64_t products = 0;
    std::vector<absl::StatusOr<Json>> batch;
    RETURN_IF_ERROR(ForEachLine(options_.catalog, [&](std::string_view line) -> absl::Status {
      batch.push_back(ParseJson(line));
      ++products;
      return batch.size() < limits::kImportBatchDocuments ? absl::OkStatus() : Write(&batch);
    }));
    RETURN_IF_ERROR(Write(&batch));
    RETURN_IF_ERROR(engine_->Flush(kCollection));
    engine_.reset();
    return products;
  }

  absl::Status Open() override {
    EngineOptions engine_options;
    engine_options.data_dir = options_.folder;
    ASSIGN_OR_RETURN(engine_, Engine::Open(engine_options));
    return absl::OkStatus();
  }

  bool Can(const Work& work) override {
    if (work.kind != WorkKind::kTypo) return true;
    // Typo tolerance is there if an obvious typo finds anything.
    return TypoToleranceWorks();
  }

  absl::StatusOr<Answer> Run(const Work& work, const Query& query) override {
    if (work.kind == WorkKind::kSuggest) return Suggest(query, std::nullopt);
    if (work.kind == WorkKind::kSuggestUncached) return Suggest(query, false);
    return Search(work, query);
  }

 private:
  absl::Status Write(std::vector<absl::StatusOr<Json>>* batch) {
    if (batch->empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const auto results,
                     engine_->WriteDocuments(kCollection, WriteAction::kCreate, std::move(*batch)));
    for (const absl::StatusOr<Json>& result : results) RETURN_IF_ERROR(result.status());
    batch->clear();
    return absl::OkStatus();
  }

  // Takes a word of the first product and replaces a letter in its middle.
  bool TypoToleranceWorks() {
    const auto first = engine_->Search(kCollection, {.per_page = 1});
    if (!first.ok() || first->hits.empty()) return false;
    const absl::StatusOr<Product> product = ParseProduct(first->hits[0].document);
    if (!product.ok()) return false;
    for (std::string word : SplitWords(product->description)) {
      if (word.size() < 7) continue;
      word[3] = 'q';
      SearchRequest request = {.q = word, .prefix = false};
      const auto found = engine_->Search(kCollection, request);
      return found.ok() && found->found > 0;
    }
    return false;
  }

  static std::string FilterText(const Query& query) {
    std::string filter;
    const auto add = [&](const std::string& condition) {
      if (!filter.empty()) filter += " && ";
      filter += condition;
    };
    if (!query.brands.empty()) add(fmt::format("brand:=[`{}`]", fmt::join(query.brands, "`,`")));
    if (!query.category_top.empty()) add(fmt::format("category:=`{}`", query.category_top));
    if (!query.color.empty()) add(fmt::format("color:=`{}`", query.color));
    if (query.price_cents) {
      add(fmt::format("price:[{:.2f}..{:.2f}]", static_cast<double>(query.price_cents->first) / 100,
                      static_cast<double>(query.price_cents->second) / 100));
    }
    return filter;
  }

  absl::StatusOr<Answer> Search(const Work& work, const Query& query) {
    SearchRequest request;
    if (!query.words.empty()) request.q = query.words;
    request.prefix = false;
    request.drop_tokens_threshold = 0;  // as the others are asked: all words
    request.filter_by = FilterText(query);
    if (work.kind == WorkKind::kByPrice) request.sort_by = "price:asc";
    request.facet_by = fmt::format("{}", fmt::join(work.facets, ","));
    request.highlight_fields.emplace();
    ASSIGN_OR_RETURN(const SearchResponse response, engine_->Search(kCollection, request));
    Answer answer;
    answer.matches = response.found;
    for (const FacetCounts& facet : response.facets) {
      if (!IsSummedFacet(facet.result.field)) continue;
      // A chosen value is listed even if it is not one of the ten largest.
      size_t listed = 0;
      for (const FacetValue& value : facet.result.values) {
        if (++listed <= request.max_facet_values) answer.facet_sum += value.count;
      }
    }
    for (const Hit& hit : response.hits) answer.hit_bytes += hit.document.size();
    return answer;
  }

  absl::StatusOr<Answer> Suggest(const Query& query, std::optional<bool> use_cache) {
    SuggestRequest request;
    request.q = query.words;
    request.use_cache = use_cache;
    ASSIGN_OR_RETURN(const SuggestResponse response, engine_->Suggest(kCollection, request));
    Answer answer;
    answer.matches = response.found;
    for (const Hit& hit : response.products) answer.hit_bytes += hit.document.size();
    return answer;
  }

  std::unique_ptr<Engine> engine_;
};

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) {
  return aisle::bench::PeerMain(
      "aisle",
      [](const aisle::bench::PeerOptions& options) {
        return std::make_unique<aisle::bench::AislePeer>(options);
      },
      argc, argv);
}
