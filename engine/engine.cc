// SPDX-License-Identifier: GPL-3.0-or-later
//
// The data directory:
//   DIR/LOCK                       held while an engine is open
//   DIR/collections/NAME@N/        one collection; N differs from that of a dropped one of the same
//   name
#include "engine/engine.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <thread>

#include <absl/base/thread_annotations.h>
#include <absl/synchronization/mutex.h>
#include <spdlog/spdlog.h>

#include "core/file.h"
#include "core/limits.h"
#include "core/worker_pool.h"
#include "engine/collection.h"
#include "engine/feeds.h"
#include "engine/searches.h"
#include "engine/vocabulary_store.h"
#include "query/field_selection.h"
#include "query/searcher.h"

namespace aisle {

// Lines that one thread reads at a time.
constexpr size_t kLinesPerStep = 32;

class Engine::Impl {
 public:
  Impl(EngineOptions options, FileLock lock, std::unique_ptr<VocabularyStore> vocabulary)
      : options_(std::move(options)),
        lock_(std::move(lock)),
        vocabulary_(std::move(vocabulary)),
        searches_({.response_cache_bytes = options_.response_cache_bytes,
                   .splits_large = options_.splits_large_searches},
                  vocabulary_.get(), [this](std::string_view name) { return Find(name); }) {}

  absl::Status OpenAll();
  absl::StatusOr<CollectionInfo> Create(const Schema& schema, uint32_t shards);
  absl::StatusOr<CollectionInfo> Drop(std::string_view name);
  absl::StatusOr<std::shared_ptr<Collection>> Find(std::string_view name) const;
  std::vector<std::shared_ptr<Collection>> All() const;

  Searches& searches() { return searches_; }
  VocabularyStore& vocabulary() { return *vocabulary_; }
  Feeds& feeds() { return feeds_; }

  static CollectionInfo InfoOf(const Collection& collection);

 private:
  std::string Root() const { return options_.data_dir + "/collections"; }
  CollectionOptions OptionsOfCollection() const {
    return {.memtable_documents = options_.memtable_documents,
            .memtable_bytes = options_.memtable_bytes};
  }

  const EngineOptions options_;
  const FileLock lock_;
  const std::unique_ptr<VocabularyStore> vocabulary_;
  mutable absl::Mutex mutex_;
  std::map<std::string, std::shared_ptr<Collection>, std::less<>> collections_
      ABSL_GUARDED_BY(mutex_);
  // Why a collection could not be opened, by name. Its directory is left as it is.
  std::map<std::string, std::string, std::less<>> broken_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_directory_ ABSL_GUARDED_BY(mutex_) = 1;
  // Creating takes disk time, during which lookups must not wait.
  absl::Mutex create_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);
  Feeds feeds_{[this](std::string_view name) { return Find(name); }};
  Searches searches_;
};

absl::Status Engine::Impl::OpenAll() {
  RETURN_IF_ERROR(MakeDirectory(Root()));
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(Root(), error)) {
    const std::string directory = entry.path().string();
    const std::string file = entry.path().filename().string();
    const size_t at = file.rfind('@');
    if (at == std::string::npos) continue;
    absl::MutexLock lock(&mutex_);
    next_directory_ =
        std::max<uint64_t>(next_directory_, std::strtoull(&file[at + 1], nullptr, 10) + 1);
    if (Collection::RemoveIfAbandoned(directory)) continue;
    auto collection = Collection::Open(directory, OptionsOfCollection());
    if (collection.ok()) {
      collections_.emplace(file.substr(0, at), *std::move(collection));
      continue;
    }
    // The other collections must not stand still for this one.
    spdlog::error("cannot open the collection in {}: {}", directory, Message(collection.status()));
    broken_.emplace(file.substr(0, at), Message(collection.status()));
  }
  if (error) return ErrnoStatus(error.value(), "cannot read " + Root());
  for (const auto& collection : All()) feeds_.OpenAll(collection);
  return absl::OkStatus();
}

absl::StatusOr<CollectionInfo> Engine::Impl::Create(const Schema& schema, uint32_t shards) {
  if (shards == 0) shards = options_.default_shards;
  if (shards == 0) shards = std::max(1u, std::thread::hardware_concurrency());
  if (shards > limits::kShardsMax) {
    return InvalidArgument("`shards` is {}: allowed are 1..{}", shards, limits::kShardsMax);
  }
  absl::MutexLock creating(&create_mutex_);
  std::string directory;
  {
    absl::MutexLock lock(&mutex_);
    if (collections_.contains(schema.name())) {
      return AlreadyExists("a collection named `{}` exists already", schema.name());
    }
    if (const auto broken = broken_.find(schema.name()); broken != broken_.end()) {
      return AlreadyExists("a collection named `{}` exists already, but cannot be opened: {}",
                           schema.name(), broken->second);
    }
    directory = fmt::format("{}/{}@{}", Root(), schema.name(), next_directory_++);
  }
  RETURN_IF_ERROR(Collection::Create(directory, schema, shards));
  ASSIGN_OR_RETURN(auto collection, Collection::Open(directory, OptionsOfCollection()));
  absl::MutexLock lock(&mutex_);
  collections_.emplace(schema.name(), collection);
  return InfoOf(*collection);
}

absl::StatusOr<CollectionInfo> Engine::Impl::Drop(std::string_view name) {
  ASSIGN_OR_RETURN(auto collection, Find(name));
  if (const auto names = feeds_.NamesOf(name); !names.empty()) {
    return FailedPrecondition("the collection `{}` is filled by the feed `{}`: delete that first",
                              name, names.front());
  }
  RETURN_IF_ERROR(collection->MarkDropped());
  absl::MutexLock lock(&mutex_);
  collections_.erase(std::string(name));
  return InfoOf(*collection);
}

absl::StatusOr<std::shared_ptr<Collection>> Engine::Impl::Find(std::string_view name) const {
  absl::MutexLock lock(&mutex_);
  const auto it = collections_.find(name);
  if (it != collections_.end()) return it->second;
  if (const auto broken = broken_.find(name); broken != broken_.end()) {
    return absl::UnavailableError(
        fmt::format("the collection `{}` cannot be opened: {}", name, broken->second));
  }
  return NotFound("there is no collection named `{}`", name);
}

std::vector<std::shared_ptr<Collection>> Engine::Impl::All() const {
  absl::MutexLock lock(&mutex_);
  std::vector<std::shared_ptr<Collection>> all;
  for (const auto& [name, collection] : collections_) all.push_back(collection);
  return all;
}

CollectionInfo Engine::Impl::InfoOf(const Collection& collection) {
  const auto snapshot = collection.index().snapshot();
  return {.schema = snapshot->schema->schema(),
          .num_documents = snapshot->live_count,
          .shards = collection.index().shards(),
          .created_at = collection.index().created_at(),
          .ranking = snapshot->ranking};
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

absl::StatusOr<std::unique_ptr<Engine>> Engine::Open(const EngineOptions& options) {
  RETURN_IF_ERROR(MakeDirectory(options.data_dir));
  ASSIGN_OR_RETURN(FileLock lock, FileLock::Acquire(options.data_dir + "/LOCK",
                                                    "the data directory " + options.data_dir));
  ASSIGN_OR_RETURN(auto vocabulary, VocabularyStore::Open(options.data_dir));
  auto impl = std::make_unique<Impl>(options, std::move(lock), std::move(vocabulary));
  RETURN_IF_ERROR(impl->OpenAll());
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

absl::StatusOr<CollectionInfo> Engine::CreateCollection(Schema schema, uint32_t shards) {
  return impl_->Create(schema, shards);
}

absl::StatusOr<CollectionInfo> Engine::GetCollection(std::string_view name) const {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  return Impl::InfoOf(*collection);
}

std::vector<CollectionInfo> Engine::ListCollections() const {
  std::vector<CollectionInfo> infos;
  for (const auto& collection : impl_->All()) infos.push_back(Impl::InfoOf(*collection));
  return infos;
}

absl::StatusOr<CollectionInfo> Engine::SetRanking(std::string_view name, const Json& ranking) {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  RETURN_IF_ERROR(collection->index().SetRanking(ranking));
  return Impl::InfoOf(*collection);
}

absl::StatusOr<CollectionInfo> Engine::DropCollection(std::string_view name) {
  return impl_->Drop(name);
}

absl::Status Engine::TakeInWords(std::string_view name) {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  collection->index().TakeInWords();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<absl::StatusOr<Json>>> Engine::WriteDocuments(
    std::string_view name, WriteAction action, std::vector<absl::StatusOr<Json>> documents,
    const WriteOptions& options) {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  std::vector<ChangeEvent> events;
  events.reserve(documents.size());
  for (auto& document : documents) {
    events.push_back({action, std::move(document), options.returns_documents});
  }
  return collection->applier().Apply(std::move(events), {.urgency = options.urgency});
}

absl::StatusOr<std::vector<absl::StatusOr<Json>>> Engine::WriteLines(
    std::string_view name, WriteAction action,
    std::span<const absl::StatusOr<std::string_view>> lines, const WriteOptions& options) {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  const std::shared_ptr<const IndexSchema> schema = collection->index().snapshot()->schema;
  std::vector<ChangeEvent> events(lines.size());
  ForEachInParallel((lines.size() + kLinesPerStep - 1) / kLinesPerStep, [&](size_t step) {
    const size_t end = std::min(lines.size(), (step + 1) * kLinesPerStep);
    for (size_t i = step * kLinesPerStep; i < end; ++i) {
      events[i] = lines[i].ok() ? ReadChange(action, *lines[i], schema->schema())
                                : ChangeEvent{.action = action, .document = lines[i].status()};
      events[i].returns_document = options.returns_documents;
    }
  });
  return collection->applier().Apply(std::move(events), {.urgency = options.urgency});
}

absl::StatusOr<Json> Engine::DeleteDocument(std::string_view name, std::string_view id) {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  std::vector<ChangeEvent> events;
  events.push_back({WriteAction::kDelete, Json(Json::Object{{"id", Json(id)}})});
  ASSIGN_OR_RETURN(auto results, collection->applier().Apply(std::move(events)));
  return std::move(results.front());
}

namespace {

// Changes all documents that the filter accepts: `document` with the id of each. The result is how
// many were there; what fails for another reason than a guard ends it.
absl::StatusOr<uint64_t> ChangeByFilter(Collection* collection, std::string_view filter_by,
                                        WriteAction action, const Json& document) {
  const auto snapshot = collection->index().snapshot();
  ASSIGN_OR_RETURN(auto places, FindAll(filter_by, snapshot));
  uint64_t changed = 0;
  for (size_t begin = 0; begin < places.size(); begin += limits::kImportBatchDocuments) {
    const size_t end = std::min(places.size(), begin + limits::kImportBatchDocuments);
    std::vector<ChangeEvent> events;
    for (size_t i = begin; i < end; ++i) {
      const SegmentView& view = snapshot->segments[places[i].segment];
      Json own = document;
      own.Set("id", view.index().Id(places[i].doc));
      events.push_back({action, std::move(own), /*returns_document=*/false});
    }
    ASSIGN_OR_RETURN(auto results, collection->applier().Apply(std::move(events)));
    for (const auto& result : results) {
      const absl::Status& status = result.status();
      if (!absl::IsNotFound(status) && !absl::IsAlreadyExists(status)) RETURN_IF_ERROR(status);
      changed += status.ok();
    }
  }
  return changed;
}

}  // namespace

absl::StatusOr<uint64_t> Engine::UpdateByFilter(std::string_view name, std::string_view filter_by,
                                                const Json& patch) {
  if (filter_by.empty()) {
    return InvalidArgument("`filter_by` is empty: name the documents to update");
  }
  if (!patch.is_object() || patch.Find("id") != nullptr) {
    return InvalidArgument("the changes are {}: they must be a JSON object without `id`",
                           patch.is_object() ? "of one document" : patch.TypeNameWithArticle());
  }
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  return ChangeByFilter(collection.get(), filter_by, WriteAction::kUpdate, patch);
}

absl::StatusOr<uint64_t> Engine::DeleteByFilter(std::string_view name, std::string_view filter_by) {
  if (filter_by.empty()) {
    return InvalidArgument("`filter_by` is empty: to delete everything, drop the collection");
  }
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  return ChangeByFilter(collection.get(), filter_by, WriteAction::kDelete, Json(Json::Object{}));
}

absl::StatusOr<Json> Engine::GetDocument(std::string_view name, std::string_view id) const {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  const auto snapshot = collection->index().snapshot();
  const auto place = snapshot->FindId(id);
  if (!place) return NotFound("there is no document with id `{}`", id);
  ASSIGN_OR_RETURN(std::string source, place->view->Document(place->doc));
  return ParseJson(source);
}

absl::Status Engine::ExportDocuments(std::string_view name, const ExportOptions& options,
                                     const DocumentSink& sink) const {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  const auto snapshot = collection->index().snapshot();
  const FieldSelection selection(options.include_fields, options.exclude_fields);
  ASSIGN_OR_RETURN(auto places, FindAll(options.filter_by, snapshot));
  for (const Candidate& place : places) {
    const SegmentView& view = snapshot->segments[place.segment];
    ASSIGN_OR_RETURN(std::string source, view.Document(place.doc));
    if (!selection.keeps_all()) {
      ASSIGN_OR_RETURN(Json document, ParseJson(source));
      source = selection.Apply(document);
    }
    if (!sink(source)) return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::StatusOr<SharedResponse<SearchResponse>> Engine::Search(std::string_view name,
                                                              const SearchRequest& request) const {
  return impl_->searches().Search(name, request);
}

std::vector<absl::StatusOr<SharedResponse<SearchResponse>>> Engine::SearchAll(
    std::span<const absl::StatusOr<CollectionSearch>> searches) const {
  return impl_->searches().SearchAll(searches);
}

absl::StatusOr<SharedResponse<SuggestResponse>> Engine::Suggest(
    std::string_view name, const SuggestRequest& request) const {
  return impl_->searches().Suggest(name, request);
}

absl::StatusOr<Explanation> Engine::Explain(std::string_view name, const SearchRequest& request,
                                            std::string_view id) const {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  return aisle::Explain(request, id, collection->index().snapshot(), impl_->vocabulary().Current());
}

std::vector<SynonymSet> Engine::ListSynonymSets() const {
  return impl_->vocabulary().synonyms().Current()->sets();
}

absl::StatusOr<SynonymSet> Engine::GetSynonymSet(std::string_view name) const {
  return impl_->vocabulary().synonyms().Get(name);
}

absl::Status Engine::PutSynonymSet(SynonymSet set) {
  return impl_->vocabulary().synonyms().Put(std::move(set));
}

absl::StatusOr<SynonymSet> Engine::DropSynonymSet(std::string_view name) {
  return impl_->vocabulary().synonyms().Remove(name);
}

std::vector<StopWordSet> Engine::ListStopWordSets() const {
  return impl_->vocabulary().stop_words().Current()->sets();
}

absl::StatusOr<StopWordSet> Engine::GetStopWordSet(std::string_view name) const {
  return impl_->vocabulary().stop_words().Get(name);
}

absl::Status Engine::PutStopWordSet(StopWordSet set) {
  return impl_->vocabulary().stop_words().Put(std::move(set));
}

absl::StatusOr<StopWordSet> Engine::DropStopWordSet(std::string_view name) {
  return impl_->vocabulary().stop_words().Remove(name);
}

Feeds& Engine::feeds() { return impl_->feeds(); }

absl::Status Engine::Flush(std::string_view name) {
  ASSIGN_OR_RETURN(auto collection, impl_->Find(name));
  return collection->index().Flush();
}

std::vector<Metric> Engine::Metrics() const {
  std::vector<Metric> metrics;
  for (const auto& collection : impl_->All()) {
    const CollectionIndex& index = collection->index();
    const auto snapshot = index.snapshot();
    const std::string labels = fmt::format("collection=\"{}\"", snapshot->schema->schema().name());
    const CollectionIndex::Statistics s = index.statistics();
    const auto add = [&](std::string metric, std::string help, uint64_t value, bool is_counter) {
      metrics.push_back(
          {std::move(metric), std::move(help), labels, static_cast<double>(value), is_counter});
    };
    add("documents", "Live documents.", snapshot->live_count, false);
    add("dead_documents", "Replaced or deleted, and not merged away yet.", s.dead_documents, false);
    add("segments", "Segments on disk.", s.segments, false);
    add("index_memory_bytes", "Memory of all memory indexes.", s.index_bytes, false);
    add("memtable_documents", "Documents not yet in a segment.", s.memtable_documents, false);
    add("memtable_bytes", "Memory of documents not yet in a segment.", s.memtable_bytes, false);
    add("journal_bytes", "Journal rows that no segment covers yet.", collection->journal().Bytes(),
        false);
    add("flushes_total", "Memtables written to segments.", s.flushes, true);
    add("merges_total", "Merges of segments.", s.merges, true);
    add("maintenance_failures_total", "Flushes and merges that failed.", s.failures, true);
  }
  for (const auto& [feed, feed_metrics] : impl_->feeds().Metrics()) {
    for (const FeedMetric& m : feed_metrics) {
      metrics.push_back(
          {std::string(m.name), std::string(m.help),
           fmt::format("feed=\"{}\"{}{}", feed, m.labels.empty() ? "" : ",", m.labels), m.value,
           m.is_counter});
    }
  }
  const auto cached = impl_->searches().statistics();
  const auto add = [&](std::string name, std::string help, uint64_t value, bool is_counter) {
    metrics.push_back(
        {std::move(name), std::move(help), "", static_cast<double>(value), is_counter});
  };
  add("response_cache_hits_total", "Requests answered from the response cache.", cached.hits, true);
  add("response_cache_misses_total", "Requests that the response cache could not answer.",
      cached.misses, true);
  add("response_cache_bytes", "Memory of the response cache.", cached.bytes, false);
  return metrics;
}

}  // namespace aisle
