// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key is the bytes of the snapshot's number, a letter for the kind of request, and each member:
// texts and lists after their lengths, so that no two requests have the same.
#include "engine/response_cache.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "core/limits.h"
#include "query/suggester.h"

namespace aisle {
namespace {

// The text is about as large as what it says.
constexpr size_t kWithText = 2;

class Key {
 public:
  Key(char kind, uint64_t snapshot) : bytes_(1, kind) { Put(snapshot); }

  template <typename... Members>
  std::string Of(const Members&... members) {
    (Put(members), ...);
    return std::move(bytes_);
  }

 private:
  void Put(uint64_t number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof(number));
  }
  void Put(std::string_view text) {
    Put(uint64_t{text.size()});
    bytes_ += text;
  }
  void Put(const std::string& text) { Put(std::string_view(text)); }
  template <typename T>
  void Put(const std::vector<T>& list) {
    Put(uint64_t{list.size()});
    for (const T& element : list) Put(element);
  }
  template <typename T>
  void Put(const std::optional<T>& value) {
    Put(uint64_t{value.has_value()});
    if (value) Put(*value);
  }

  std::string bytes_;
};

size_t BytesOfTexts(const std::vector<std::string>& texts) {
  size_t bytes = 0;
  for (const std::string& text : texts) bytes += sizeof(text) + text.size();
  return bytes;
}

size_t BytesOfHits(const std::vector<Hit>& hits) {
  size_t bytes = 0;
  for (const Hit& hit : hits) {
    bytes += sizeof(hit) + hit.document.size();
    for (const Highlight& highlight : hit.highlights) {
      bytes += sizeof(highlight) + highlight.field.size() + BytesOfTexts(highlight.snippets) +
               BytesOfTexts(highlight.values) + BytesOfTexts(highlight.matched_tokens) +
               highlight.indices.size() * sizeof(uint32_t);
    }
    for (const auto& distance : hit.geo_distances)
      bytes += sizeof(distance) + distance.first.size();
  }
  return bytes;
}

size_t BytesOfFacets(const std::vector<FacetCounts>& facets) {
  size_t bytes = 0;
  for (const FacetCounts& facet : facets) {
    bytes += sizeof(facet) + facet.result.field.size() + BytesOfTexts(facet.highlighted) +
             facet.result.histogram.size() * sizeof(HistogramBucket);
    for (const FacetValue& value : facet.result.values) {
      bytes += sizeof(value) + value.value.size() + value.label.size() + value.parent.size();
    }
  }
  return bytes;
}

}  // namespace

ResponseCache::ResponseCache(size_t bytes_max)
    : LruCache(bytes_max, limits::kResponseCacheShards) {}

// The bindings name every member: one that is new does not compile before it has its place here.
std::string ResponseCache::KeyOf(const SearchRequest& request, uint64_t snapshot,
                                 uint64_t vocabulary) {
  const auto& [q, query_by, query_by_weights, prefix, num_typos, exhaustive_search,
               split_join_tokens, word_forms, drop_tokens_threshold, enable_synonyms, synonym_sets,
               stop_words, rerank, filter_by, sort_by, facet_by, facet_query, max_facet_values,
               page, per_page, offset, include_fields, exclude_fields, highlight_fields,
               highlight_full_fields, highlight_start_tag, highlight_end_tag,
               highlight_affix_num_tokens, snippet_threshold, explain, use_cache] = request;
  return Key('s', snapshot)
      .Of(vocabulary, q, query_by, query_by_weights, prefix, num_typos, exhaustive_search,
          split_join_tokens, word_forms, drop_tokens_threshold, enable_synonyms, synonym_sets,
          stop_words, rerank, filter_by, sort_by, facet_by, facet_query, max_facet_values, page,
          per_page, offset, include_fields, exclude_fields, highlight_fields, highlight_full_fields,
          highlight_start_tag, highlight_end_tag, highlight_affix_num_tokens, snippet_threshold,
          explain);
}

std::string ResponseCache::KeyOf(const SuggestRequest& request, uint64_t snapshot,
                                 uint64_t vocabulary) {
  const auto& [q, query_by, filter_by, facet_by, limit, products, include_fields, exclude_fields,
               highlight_start_tag, highlight_end_tag, use_cache] = request;
  return Key('g', snapshot)
      .Of(vocabulary, q, query_by, filter_by, facet_by, limit, products, include_fields,
          exclude_fields, highlight_start_tag, highlight_end_tag);
}

bool ResponseCache::Wants(const SuggestRequest& request) {
  if (request.use_cache) return *request.use_cache;
  // Letters of UTF-8, each once.
  const auto begins_letter = [](char c) { return c != ' ' && (c & 0xC0) != 0x80; };
  return static_cast<size_t>(std::count_if(request.q.begin(), request.q.end(), begins_letter)) <=
         kFewLetters;
}

size_t ResponseCache::BytesOf(const SearchResponse& response) {
  return sizeof(CachedResponse) +
         kWithText * (BytesOfHits(response.hits) + BytesOfFacets(response.facets));
}

size_t ResponseCache::BytesOf(const SuggestResponse& response) {
  size_t bytes = BytesOfHits(response.products) + BytesOfFacets(response.facets);
  for (const Completion& completion : response.completions) {
    bytes += sizeof(completion) + completion.text.size() + completion.highlighted.size();
  }
  return sizeof(CachedResponse) + kWithText * bytes;
}

}  // namespace aisle
