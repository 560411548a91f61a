// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/peers/aisle_peer.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "bench/harness/product.h"
#include "bench/harness/synonym_pairs.h"
#include "core/limits.h"

namespace aisle::bench {
namespace {

constexpr std::string_view kCollection = "bench";
constexpr uint64_t kChangedShare = 40;  // one product in so many
constexpr size_t kDeletedAtOnce = 500;
// While one of them waits for the disk the other works.
constexpr size_t kWritersPerCore = 2;

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

// The catalog in batches, each for one of the threads that write. Thread safe.
class AislePeer::CatalogBatches {
 public:
  CatalogBatches(const std::string& catalog, History history)
      : in_(catalog, std::ios::binary), history_(history) {
    if (!in_) status_ = NotFound("cannot read {}; does it exist?", catalog);
  }

  // No lines: there are no more, or status() says why.
  std::vector<std::string> Next() {
    // A product and one that will be deleted come together.
    constexpr size_t kFull = limits::kImportBatchDocuments - 1;
    const std::lock_guard lock(mutex_);
    std::vector<std::string> lines;
    std::string line;
    while (status_.ok() && lines.size() < kFull && std::getline(in_, line)) {
      if (line.empty()) continue;
      lines.push_back(line);
      const bool has_twin = history_ == History::kChanged && products_ % kChangedShare == 0;
      if (has_twin) status_ = AppendTwin(&lines);
      ++products_;
    }
    if (!status_.ok()) lines.clear();
    return lines;
  }
  uint64_t products() const { return products_; }
  absl::Status status() const {
    const std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  // The last product once more, with the id of one that will be deleted.
  absl::Status AppendTwin(std::vector<std::string>* lines) const {
    ASSIGN_OR_RETURN(Json twin, ParseJson(lines->back()));
    twin.Set("id", fmt::format("deleted-{}", products_));
    lines->push_back(twin.Dump());
    return absl::OkStatus();
  }

  mutable std::mutex mutex_;
  std::ifstream in_;
  const History history_;
  uint64_t products_ = 0;
  absl::Status status_;
};

absl::StatusOr<uint64_t> AislePeer::Build() {
  RETURN_IF_ERROR(Open());
  std::ifstream in(AISLE_BENCH_SCHEMA);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  ASSIGN_OR_RETURN(const Json json, ParseJson(text));
  ASSIGN_OR_RETURN(Schema schema, Schema::FromJson(json));
  RETURN_IF_ERROR(engine_->CreateCollection(std::move(schema)).status());
  CatalogBatches batches(options_.catalog, history_);
  std::vector<absl::Status> statuses(kWritersPerCore *
                                     std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::thread> writers;
  for (absl::Status& status : statuses) {
    writers.emplace_back([&] { status = WriteAll(&batches); });
  }
  for (std::thread& writer : writers) writer.join();
  for (const absl::Status& status : statuses) RETURN_IF_ERROR(status);
  RETURN_IF_ERROR(engine_->Flush(kCollection));
  if (history_ == History::kChanged) RETURN_IF_ERROR(Change());
  engine_.reset();
  return batches.products();
}

absl::Status AislePeer::WriteAll(CatalogBatches* batches) {
  while (true) {
    const std::vector<std::string> lines = batches->Next();
    if (lines.empty()) return batches->status();
    const std::vector<absl::StatusOr<std::string_view>> views(lines.begin(), lines.end());
    ASSIGN_OR_RETURN(const auto results,
                     engine_->WriteLines(kCollection, WriteAction::kCreate, views,
                                         {.returns_documents = false, .urgency = Urgency::kBulk}));
    for (const absl::StatusOr<Json>& result : results) RETURN_IF_ERROR(result.status());
  }
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
  engine_options.splits_large_searches = options_.cores > 1;
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

absl::Status AislePeer::PutSynonyms() {
  ASSIGN_OR_RETURN(const auto pairs, ReadSynonyms(options_.queries));
  SynonymSet set{.name = "bench", .items = {}};
  for (const auto& [a, b] : pairs) set.items.push_back({a, "", {a, b}});
  return engine_->PutSynonymSet(std::move(set));
}

// Takes a word of the first product and replaces a letter in its middle.
bool AislePeer::TypoToleranceWorks() {
  const auto first = engine_->Search(kCollection, {.per_page = 1});
  if (!first.ok() || (*first)->hits.empty()) return false;
  const absl::StatusOr<Product> product = ParseProduct((*first)->hits[0].document);
  if (!product.ok()) return false;
  for (std::string word : SplitWords(product->description)) {
    if (word.size() < 7) continue;
    word[3] = 'q';
    SearchRequest request = {.q = word, .prefix = false};
    const auto found = engine_->Search(kCollection, request);
    return found.ok() && (*found)->found > 0;
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
  ASSIGN_OR_RETURN(const auto response, engine_->Search(kCollection, request));
  Answer answer;
  answer.matches = response->found;
  for (const FacetCounts& facet : response->facets) {
    if (!IsSummedFacet(facet.result.field)) continue;
    // A chosen value is listed even if it is not one of the ten largest.
    size_t listed = 0;
    for (const FacetValue& value : facet.result.values) {
      if (++listed <= request.max_facet_values) answer.facet_sum += value.count;
    }
  }
  for (const Hit& hit : response->hits) answer.hit_bytes += hit.document.size();
  return answer;
}

absl::StatusOr<Answer> AislePeer::Suggest(const Query& query, std::optional<bool> use_cache) {
  SuggestRequest request;
  request.q = query.words;
  request.use_cache = use_cache;
  ASSIGN_OR_RETURN(const auto response, engine_->Suggest(kCollection, request));
  Answer answer;
  answer.matches = response->found;
  for (const Hit& hit : response->products) answer.hit_bytes += hit.document.size();
  return answer;
}

}  // namespace aisle::bench
