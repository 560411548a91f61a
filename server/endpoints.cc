// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every endpoint of the server.
#include "server/collection_handler.h"
#include "server/document_handler.h"
#include "server/explain_handler.h"
#include "server/export_handler.h"
#include "server/feed_handler.h"
#include "server/health_handler.h"
#include "server/import_handler.h"
#include "server/metrics_handler.h"
#include "server/multi_search_handler.h"
#include "server/router.h"
#include "server/search_handler.h"
#include "server/stop_word_handler.h"
#include "server/suggest_handler.h"
#include "server/synonym_handler.h"

namespace aisle {
namespace {

constexpr std::string_view kCollections = "/collections";
constexpr std::string_view kCollection = "/collections/{collection}";
constexpr std::string_view kDocuments = "/collections/{collection}/documents";
constexpr std::string_view kDocument = "/collections/{collection}/documents/{id}";
constexpr std::string_view kSearch = "/collections/{collection}/documents/search";
constexpr std::string_view kImport = "/collections/{collection}/documents/import";
constexpr std::string_view kExport = "/collections/{collection}/documents/export";
constexpr std::string_view kExplain = "/collections/{collection}/explain";
constexpr std::string_view kSynonymSet = "/synonym_sets/{name}";
constexpr std::string_view kStopWordSet = "/stopwords/{id}";
constexpr std::string_view kSuggest = "/collections/{collection}/suggest";
constexpr std::string_view kFeeds = "/feeds";
constexpr std::string_view kFeed = "/feeds/{feed}";
constexpr std::string_view kDeadLetters = "/feeds/{feed}/dead_letters";

Endpoint Read(HttpMethod method, std::string_view pattern, std::string_view name, Handler handler) {
  return {.method = method, .pattern = pattern, .name = name, .handler = handler};
}

Endpoint Write(HttpMethod method, std::string_view pattern, std::string_view name,
               Handler handler) {
  return {.method = method,
          .pattern = pattern,
          .name = name,
          .handler = handler,
          .runs_on = RunsOn::kWorker};
}

std::vector<Endpoint> MakeEndpoints() {
  using enum HttpMethod;
  return {
      Write(kPost, kCollections, "create_collection", CreateCollection),
      Read(kGet, kCollections, "list_collections", ListCollections),
      Read(kGet, kCollection, "get_collection", GetCollection),
      Write(kPatch, kCollection, "patch_collection", PatchCollection),
      Write(kDelete, kCollection, "drop_collection", DropCollection),
      Write(kPost, kDocuments, "write_document", WriteDocument),
      Write(kPatch, kDocuments, "update_by_filter", UpdateByFilter),
      Write(kDelete, kDocuments, "delete_by_filter", DeleteByFilter),
      Read(kGet, kDocument, "get_document", GetDocument),
      Write(kPatch, kDocument, "update_document", UpdateDocument),
      Write(kDelete, kDocument, "delete_document", DeleteDocument),
      {.method = kPost, .pattern = kImport, .name = "import", .upload = StartImport},
      {.method = kGet, .pattern = kExport, .name = "export", .download = ExportDocuments},
      Read(kGet, kSearch, "search", SearchDocuments),
      Read(kPost, kSearch, "search", SearchDocuments),
      Read(kPost, "/multi_search", "multi_search", MultiSearch),
      Read(kGet, kSuggest, "suggest", Suggest),
      Read(kGet, kExplain, "explain", ExplainProduct),
      Read(kGet, "/synonym_sets", "list_synonym_sets", ListSynonymSets),
      Read(kGet, kSynonymSet, "get_synonym_set", GetSynonymSet),
      Write(kPut, kSynonymSet, "put_synonym_set", PutSynonymSet),
      Write(kDelete, kSynonymSet, "delete_synonym_set", DeleteSynonymSet),
      Read(kGet, "/stopwords", "list_stopwords", ListStopWordSets),
      Read(kGet, kStopWordSet, "get_stopwords", GetStopWordSet),
      Write(kPut, kStopWordSet, "put_stopwords", PutStopWordSet),
      Write(kDelete, kStopWordSet, "delete_stopwords", DeleteStopWordSet),
      Write(kPost, kFeeds, "create_feed", CreateFeed),
      Read(kGet, kFeeds, "list_feeds", ListFeeds),
      Read(kGet, kFeed, "get_feed", GetFeed),
      Write(kDelete, kFeed, "delete_feed", DeleteFeed),
      Write(kPost, "/feeds/{feed}/pause", "pause_feed", PauseFeed),
      Write(kPost, "/feeds/{feed}/resume", "resume_feed", ResumeFeed),
      Write(kPost, "/feeds/{feed}/resnapshot", "resnapshot_feed", ResnapshotFeed),
      Write(kPost, "/feeds/{feed}/verify", "verify_feed", VerifyFeed),
      Write(kPost, "/feeds/{feed}/events", "send_events", SendEvents),
      Write(kGet, kDeadLetters, "list_dead_letters", ListDeadLetters),
      Write(kPost, "/feeds/{feed}/dead_letters/replay", "replay_dead_letters", ReplayDeadLetters),
      Write(kDelete, kDeadLetters, "drop_dead_letters", DropDeadLetters),
      {.method = kGet,
       .pattern = "/health",
       .name = "health",
       .handler = Health,
       .access = Access::kPublic},
      Read(kGet, "/metrics", "metrics", Metrics),
      Read(kGet, "/debug", "debug", Debug),
  };
}

}  // namespace

const std::vector<Endpoint>& Endpoints() {
  static const auto* const kEndpoints = new std::vector<Endpoint>(MakeEndpoints());
  return *kEndpoints;
}

}  // namespace aisle
