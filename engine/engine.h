// SPDX-License-Identifier: GPL-3.0-or-later
//
// The embedder's door: one Engine holds the collections of one data directory. Link the target
// `aisle_engine`, include this header.
//
// Thread safe: any number of threads may call any function at once. Searches never wait for writes.
// Write functions return when the change is durable (fsync) and visible to every later search. Two
// engines cannot open the same directory at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/ranking.h"
#include "core/schema.h"
#include "core/status.h"
#include "core/urgency.h"
#include "engine/collection_search.h"
#include "engine/shared_response.h"
#include "ingest/write_action.h"
#include "query/explanation.h"
#include "query/search_request.h"
#include "query/search_response.h"
#include "query/stop_words.h"
#include "query/synonyms.h"

namespace aisle {

struct EngineOptions {
  std::string data_dir;         // made if missing
  uint32_t default_shards = 0;  // 0: the number of cores
  // A shard's memtable becomes a segment when it holds this much.
  uint64_t memtable_documents = 50000;
  uint64_t memtable_bytes = 64u << 20;
  // Whole answers kept for requests that come again (SearchRequest::use_cache); 0: none.
  uint64_t response_cache_bytes = 64u << 20;
  // A search that matches much is shared with an idle core while no other search is under way.
  bool splits_large_searches = true;
};

struct CollectionInfo {
  Schema schema;
  uint64_t num_documents = 0;
  uint32_t shards = 1;
  int64_t created_at = 0;                            // seconds since 1970
  std::shared_ptr<const Ranking> ranking = nullptr;  // nullptr: the default
};

// One counter or gauge for /metrics: a Prometheus name without the "aisle_" prefix.
struct Metric {
  std::string name;
  std::string help;
  std::string labels;  // `collection="products"` or empty
  double value = 0;
  bool is_counter = false;
};

struct WriteOptions {
  // false: a result may be an object with nothing but the `id`, which is cheaper for updates of hot
  // fields.
  bool returns_documents = true;
  Urgency urgency = Urgency::kDelta;
};

// Called for each exported document (JSON text, no newline); false stops the export.
using DocumentSink = std::function<bool(std::string_view json)>;

struct ExportOptions {
  std::string filter_by;
  std::vector<std::string> include_fields;
  std::vector<std::string> exclude_fields;
};

class Feeds;

class Engine {
 public:
  // Opens every collection of the directory and replays their journals. One that cannot be opened
  // does not stop the others: it is logged and left as it is, all calls for it are Unavailable with
  // the reason, and its name stays taken.
  static absl::StatusOr<std::unique_ptr<Engine>> Open(const EngineOptions& options);
  // Waits for background work; what was acknowledged is durable with or without this.
  ~Engine();

  // `shards` 0: the default of the options. AlreadyExists if the name is taken.
  absl::StatusOr<CollectionInfo> CreateCollection(Schema schema, uint32_t shards = 0);
  absl::StatusOr<CollectionInfo> GetCollection(std::string_view name) const;
  std::vector<CollectionInfo> ListCollections() const;
  // Returns when all words there are have been taken in: for a moment after a large collection was
  // opened, searches go without other forms of words and without corrections.
  absl::Status TakeInWords(std::string_view collection);
  // Changes how every later search is ranked, without indexing anew; durable. `ranking` as in
  // core/ranking.h; null: the default.
  absl::StatusOr<CollectionInfo> SetRanking(std::string_view name, const Json& ranking);
  // The collection as it was. FailedPrecondition while a feed fills it.
  absl::StatusOr<CollectionInfo> DropCollection(std::string_view name);

  // Writes `documents` in order (`action`: not kDelete); result i is the stored document or the
  // error of document i. The outer error is one that concerns all of them (unknown collection, disk
  // full): then none was written. A document given as an error is passed through to its result. One
  // call is one journal transaction: keep it to limits::kImportBatchDocuments and
  // limits::kImportBatchBytes.
  absl::StatusOr<std::vector<absl::StatusOr<Json>>> WriteDocuments(
      std::string_view collection, WriteAction action, std::vector<absl::StatusOr<Json>> documents,
      const WriteOptions& options = {});
  // The same for documents as JSON texts, which are read on the caller's thread. Updates of hot
  // fields alone are cheapest this way.
  absl::StatusOr<std::vector<absl::StatusOr<Json>>> WriteLines(
      std::string_view collection, WriteAction action,
      std::span<const absl::StatusOr<std::string_view>> lines, const WriteOptions& options = {});
  // Merges `patch`, an object without an id, into each document that the filter accepts, in several
  // transactions; how many were updated. A guard (docs/api.md) may leave out some. The error of a
  // document that `patch` does not fit ends it: those before are updated.
  absl::StatusOr<uint64_t> UpdateByFilter(std::string_view collection, std::string_view filter_by,
                                          const Json& patch);
  // The document as it was.
  absl::StatusOr<Json> DeleteDocument(std::string_view collection, std::string_view id);
  // How many were deleted.
  absl::StatusOr<uint64_t> DeleteByFilter(std::string_view collection, std::string_view filter_by);
  absl::StatusOr<Json> GetDocument(std::string_view collection, std::string_view id) const;
  // One consistent snapshot, in the order of first insertion.
  absl::Status ExportDocuments(std::string_view collection, const ExportOptions& options,
                               const DocumentSink& sink) const;

  absl::StatusOr<SharedResponse<SearchResponse>> Search(std::string_view collection,
                                                        const SearchRequest& request) const;
  // Answer i is that of search i, or its error; a search given as an error is passed through. The
  // searches of one collection see the same documents, and words that several say are planned and
  // matched once.
  std::vector<absl::StatusOr<SharedResponse<SearchResponse>>> SearchAll(
      std::span<const absl::StatusOr<CollectionSearch>> searches) const;
  absl::StatusOr<SharedResponse<SuggestResponse>> Suggest(std::string_view collection,
                                                          const SuggestRequest& request) const;

  // Why the document `id` is where it is in the answer to `request`, or not there.
  absl::StatusOr<Explanation> Explain(std::string_view collection, const SearchRequest& request,
                                      std::string_view id) const;

  // Synonym sets hold for all collections, and for every search that begins later.
  std::vector<SynonymSet> ListSynonymSets() const;
  absl::StatusOr<SynonymSet> GetSynonymSet(std::string_view name) const;
  // Adds the set, or replaces that of its name.
  absl::Status PutSynonymSet(SynonymSet set);
  // The set as it was.
  absl::StatusOr<SynonymSet> DropSynonymSet(std::string_view name);

  // The same for sets of stop words, of which a search names the one that counts.
  std::vector<StopWordSet> ListStopWordSets() const;
  absl::StatusOr<StopWordSet> GetStopWordSet(std::string_view name) const;
  absl::Status PutStopWordSet(StopWordSet set);
  absl::StatusOr<StopWordSet> DropStopWordSet(std::string_view name);

  // What keeps collections in step with other systems (engine/feeds.h).
  Feeds& feeds();

  // Writes every memtable to a segment and finishes pending merges. For tests, backups and before a
  // clean exit.
  absl::Status Flush(std::string_view collection);

  std::vector<Metric> Metrics() const;

 private:
  class Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace aisle
