// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/searches.h"

#include <map>
#include <utility>

#include "engine/search_basis.h"
#include "query/searcher.h"
#include "query/suggester.h"

namespace aisle {
namespace {

// Of the bytes for answers, so many are for what suggestions are made of.
constexpr size_t kSuggestionsShare = 4;

// With fewer matches another core would be awake when the work is nearly done.
constexpr uint64_t kSplitMatches = 50'000;

// Counts a search as under way as long as it lives.
class UnderWay {
 public:
  explicit UnderWay(std::atomic<uint32_t>* count) : count_(count) {
    count_->fetch_add(1, std::memory_order_relaxed);
  }
  ~UnderWay() { count_->fetch_sub(1, std::memory_order_relaxed); }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  std::atomic<uint32_t>* const count_;
};

std::vector<const SearchRequest*> RequestsOf(
    std::string_view collection, std::span<const absl::StatusOr<CollectionSearch>> searches) {
  std::vector<const SearchRequest*> requests;
  for (const auto& search : searches) {
    if (search.ok() && search->collection == collection) requests.push_back(&search->request);
  }
  return requests;
}

bool AreOfOneKind(const absl::StatusOr<CollectionSearch>& a, const CollectionSearch& b) {
  return a.ok() && a->collection == b.collection && SayTheSame(a->request, b.request);
}

}  // namespace

Searches::Searches(const Options& options, VocabularyStore* vocabulary, FindCollection find)
    : options_(options),
      vocabulary_(vocabulary),
      find_(std::move(find)),
      responses_(options.response_cache_bytes),
      suggestions_(options.response_cache_bytes / kSuggestionsShare) {}

uint64_t Searches::split_matches_min() const {
  const bool is_alone = under_way_.load(std::memory_order_relaxed) == 1;
  return options_.splits_large && is_alone ? kSplitMatches : UINT64_MAX;
}

absl::StatusOr<SharedResponse<SearchResponse>> Searches::Search(std::string_view name,
                                                                const SearchRequest& request) {
  const UnderWay under_way(&under_way_);
  ASSIGN_OR_RETURN(auto collection, find_(name));
  const SearchBasis basis(*collection, *vocabulary_);
  return responses_.FindOrMake<SearchResponse>(request, basis.snapshot->number, basis.version, [&] {
    return aisle::Search(request, basis.snapshot, basis.vocabulary, split_matches_min());
  });
}

std::vector<absl::StatusOr<SharedResponse<SearchResponse>>> Searches::SearchAll(
    std::span<const absl::StatusOr<CollectionSearch>> searches) {
  const UnderWay under_way(&under_way_);
  std::map<std::string_view, BasisOfSeveral> collections;
  const auto answer =
      [&](const CollectionSearch& search) -> absl::StatusOr<SharedResponse<SearchResponse>> {
    auto known = collections.find(search.collection);
    if (known == collections.end()) {
      ASSIGN_OR_RETURN(auto collection, find_(search.collection));
      known = collections
                  .try_emplace(search.collection, SearchBasis(*collection, *vocabulary_),
                               RequestsOf(search.collection, searches))
                  .first;
    }
    const SearchBasis& basis = known->second.basis;
    return responses_.FindOrMake<SearchResponse>(
        search.request, basis.snapshot->number, basis.version,
        [&] { return aisle::Search(search.request, &known->second.words); });
  };
  std::vector<absl::StatusOr<SharedResponse<SearchResponse>>> answers(searches.size());
  std::vector<bool> is_answered(searches.size(), false);
  for (size_t i = 0; i < searches.size(); ++i) {
    if (!searches[i].ok()) answers[i] = searches[i].status();
    // What those share that say the same is kept for them alone.
    for (size_t j = i; j < searches.size(); ++j) {
      if (is_answered[j] || !searches[j].ok() || !AreOfOneKind(searches[i], *searches[j])) continue;
      answers[j] = answer(*searches[j]);
      is_answered[j] = true;
    }
  }
  return answers;
}

absl::StatusOr<SharedResponse<SuggestResponse>> Searches::Suggest(std::string_view name,
                                                                  const SuggestRequest& request) {
  const UnderWay under_way(&under_way_);
  ASSIGN_OR_RETURN(auto collection, find_(name));
  const SearchBasis basis(*collection, *vocabulary_);
  SuggestionMemory memory;
  if (ResponseCache::Wants(request)) {
    const uint64_t no_snapshot = 0;
    memory.cache = &suggestions_;
    memory.request = ResponseCache::KeyOf(request, no_snapshot, basis.version);
  }
  return responses_.FindOrMake<SuggestResponse>(
      request, basis.snapshot->number, basis.version,
      [&] { return aisle::Suggest(request, basis.snapshot, basis.vocabulary, memory); });
}

}  // namespace aisle
