// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/peers/aisle_peer.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "bench/harness/product.h"
#include "core/limits.h"

namespace aisle::bench {
namespace {

constexpr std::string_view kCollection = "bench";
constexpr uint64_t kChangedShare = 40;  // one product in so many
constexpr size_t kDeletedAtOnce = 500;
constexpr size_t kSynonyms = 100;  // pairs of words

std::string FilterText(const Query& query) {
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

}  // namespace

absl::StatusOr<uint64_t> AislePeer::Build() {
  RETURN_IF_ERROR(Open());
  std::ifstream in(AISLE_BENCH_SCHEMA);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  ASSIGN_OR_RETURN(const Json json, ParseJson(text));
  ASSIGN_OR_RETURN(Schema schema, Schema::FromJson(json));
  RETURN_IF_ERROR(engine_->CreateCollection(std::move(schema)).status());
  uint64_t products = 0;
  // A product and one that will be deleted come together.
  const size_t batch_documents =
      limits::kImportBatchDocuments - (history_ == History::kChanged ? 1 : 0);
  std::vector<absl::StatusOr<Json>> batch;
  RETURN_IF_ERROR(ForEachLine(options_.catalog, [&](std::string_view line) -> absl::Status {
    batch.push_back(ParseJson(line));
    if (history_ == History::kChanged && products % kChangedShare == 0 && batch.back().ok()) {
      Json deleted_later = *batch.back();
      deleted_later.Set("id", fmt::format("deleted-{}", products));
      batch.emplace_back(std::move(deleted_later));
    }
    ++products;
    return Write(WriteAction::kCreate, batch_documents, &batch);
  }));
  RETURN_IF_ERROR(Write(WriteAction::kCreate, 1, &batch));
  RETURN_IF_ERROR(engine_->Flush(kCollection));
  if (history_ == History::kChanged) RETURN_IF_ERROR(Change());
  engine_.reset();
  return products;
}

absl::Status AislePeer::Change() {
  uint64_t products = 0;
  std::vector<absl::StatusOr<Json>> batch;
  std::vector<std::string> deleted;
  const auto change = [&](std::string_view line) -> absl::Status {
    if (products % kChangedShare == 0) deleted.push_back(fmt::format("deleted-{}", products));
    if (products % kChangedShare == kChangedShare / 2) batch.push_back(ParseJson(line));
    ++products;
    if (deleted.size() == kDeletedAtOnce) {
      RETURN_IF_ERROR(Delete(deleted));
      deleted.clear();
    }
    return Write(WriteAction::kUpsert, limits::kImportBatchDocuments, &batch);
  };
  RETURN_IF_ERROR(ForEachLine(options_.catalog, change));
  RETURN_IF_ERROR(Delete(deleted));
  RETURN_IF_ERROR(Write(WriteAction::kUpsert, 1, &batch));
  return engine_->Flush(kCollection);
}

absl::Status AislePeer::Delete(const std::vector<std::string>& ids) {
  if (ids.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      const uint64_t deleted,
      engine_->DeleteByFilter(kCollection, fmt::format("id:=[{}]", fmt::join(ids, ","))));
  if (deleted == ids.size()) return absl::OkStatus();
  return InvalidArgument("{} of {} products were deleted", deleted, ids.size());
}

absl::Status AislePeer::Open() {
  EngineOptions engine_options;
  engine_options.data_dir = options_.folder;
  ASSIGN_OR_RETURN(engine_, Engine::Open(engine_options));
  return absl::OkStatus();
}

absl::Status AislePeer::TakeInWords() { return engine_->TakeInWords(kCollection); }

bool AislePeer::Can(const Work& work) {
  if (!TakeInWords().ok()) return false;
  if (work.kind == WorkKind::kTolerant) return PutSynonyms().ok();
  if (work.kind != WorkKind::kTypo) return true;
  // Typo tolerance is there if an obvious typo finds anything.
  return TypoToleranceWorks();
}

absl::StatusOr<Answer> AislePeer::Run(const Work& work, const Query& query) {
  if (work.kind == WorkKind::kSuggest) return Suggest(query, std::nullopt);
  if (work.kind == WorkKind::kSuggestUncached) return Suggest(query, false);
  return Search(work, query);
}

absl::Status AislePeer::Write(WriteAction action, size_t at_least,
                              std::vector<absl::StatusOr<Json>>* batch) {
  if (batch->size() < at_least) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto results,
                   engine_->WriteDocuments(kCollection, action, std::move(*batch)));
  for (const absl::StatusOr<Json>& result : results) RETURN_IF_ERROR(result.status());
  batch->clear();
  return absl::OkStatus();
}

// Words of titles follow Zipf's law: those of the first products are frequent ones, most of them.
absl::Status AislePeer::PutSynonyms() {
  std::vector<std::string> words;
  std::ifstream in(options_.catalog);
  std::string line;
  while (words.size() < 2 * kSynonyms && std::getline(in, line)) {
    ASSIGN_OR_RETURN(const Product product, ParseProduct(line));
    for (std::string& word : SplitWords(product.title)) {
      const bool is_new = std::find(words.begin(), words.end(), word) == words.end();
      if (is_new && words.size() < 2 * kSynonyms) words.push_back(std::move(word));
    }
  }
  SynonymSet set{.name = "bench", .items = {}};
  for (size_t i = 0; i + 1 < words.size(); i += 2) {
    set.items.push_back({words[i], "", {words[i], words[i + 1]}});
  }
  return engine_->PutSynonymSet(std::move(set));
}

// Takes a word of the first product and replaces a letter in its middle.
bool AislePeer::TypoToleranceWorks() {
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

absl::StatusOr<Answer> AislePeer::Search(const Work& work, const Query& query) {
  SearchRequest request;
  if (!query.words.empty()) request.q = query.words;
  if (work.kind != WorkKind::kForgiving) {
    request.prefix = false;
    // As the others are asked: all words, as they are written, ranked by BM25 alone.
    request.drop_tokens_threshold = 0;
    request.word_forms = false;
    request.rerank = false;
    request.enable_synonyms = work.kind == WorkKind::kTolerant;
    // One edit, and whatever word that may be.
    if (work.kind != WorkKind::kTolerant) request.num_typos = work.kind == WorkKind::kTypo ? 1 : 0;
    request.exhaustive_search = work.kind == WorkKind::kTypo;
  }
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

absl::StatusOr<Answer> AislePeer::Suggest(const Query& query, std::optional<bool> use_cache) {
  SuggestRequest request;
  request.q = query.words;
  request.use_cache = use_cache;
  ASSIGN_OR_RETURN(const SuggestResponse response, engine_->Suggest(kCollection, request));
  Answer answer;
  answer.matches = response.found;
  for (const Hit& hit : response.products) answer.hit_bytes += hit.document.size();
  return answer;
}

}  // namespace aisle::bench
