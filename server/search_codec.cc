// SPDX-License-Identifier: GPL-3.0-or-later
//
// One table for each kind of request: the name of a parameter and how its value is read.
#include "server/search_codec.h"

#include <algorithm>
#include <array>
#include <limits>

#include <absl/strings/str_join.h>

#include "core/limits.h"

namespace aisle {
namespace {

template <typename Request>
struct ParameterReader {
  std::string_view name;
  Mistake (*read)(const Json& value, Request* request);
};

template <typename Request, std::string Request::*member>
Mistake Text(const Json& value, Request* request) {
  return ReadText(value, &(request->*member));
}

template <typename Request, std::vector<std::string> Request::*member>
Mistake List(const Json& value, Request* request) {
  return ReadList(value, &(request->*member));
}

template <typename Request, uint32_t Request::*member, uint64_t max>
Mistake Number(const Json& value, Request* request) {
  uint64_t number = request->*member;
  Mistake mistake = ReadWhole(value, {0, max}, &number);
  request->*member = static_cast<uint32_t>(number);
  return mistake;
}

constexpr uint64_t kWordsMax = 10000;  // of a snippet
constexpr uint64_t kWeightMax = 1000;
constexpr uint64_t kPositionMax = std::numeric_limits<uint32_t>::max();

Mistake PerPage(const Json& value, SearchRequest* request) {
  return ReadWhole(value, {0, limits::kPerPageMax}, &request->per_page);
}

Mistake Page(const Json& value, SearchRequest* request) {
  return ReadWhole(value, {1, kPositionMax}, &request->page);
}

// `page` and `offset` say the same thing in two ways. Which of them counts cannot be guessed.
Mistake TwoPlaces(const Parameters& parameters) {
  const auto has = [&](std::string_view name) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const auto& known) {
      return known.first == name && !known.second.is_null();
    });
  };
  if (!has("page") || !has("offset")) return {};
  return "page and offset are both given: allowed is one of them";
}

Mistake Offset(const Json& value, SearchRequest* request) {
  uint64_t offset = 0;
  Mistake mistake = ReadWhole(value, {0, kPositionMax}, &offset);
  if (mistake.empty()) request->offset = offset;
  return mistake;
}

Mistake Weights(const Json& value, SearchRequest* request) {
  std::vector<std::string> elements;
  if (Mistake mistake = ReadList(value, &elements); !mistake.empty()) return mistake;
  request->query_by_weights.clear();
  for (const std::string& element : elements) {
    uint64_t weight = 0;
    if (Mistake mistake = ReadWhole(Json(element), {0, kWeightMax}, &weight); !mistake.empty()) {
      return mistake;
    }
    request->query_by_weights.push_back(static_cast<uint32_t>(weight));
  }
  return {};
}

// Clients may send one for each field: the largest counts.
Mistake Typos(const Json& value, SearchRequest* request) {
  if (value.is_number())
    return Number<SearchRequest, &SearchRequest::num_typos, limits::kTyposMax>(value, request);
  std::vector<std::string> elements;
  if (Mistake mistake = ReadList(value, &elements); !mistake.empty()) return mistake;
  uint64_t largest = 0;
  for (const std::string& element : elements) {
    uint64_t typos = 0;
    if (Mistake mistake = ReadWhole(Json(element), {0, limits::kTyposMax}, &typos);
        !mistake.empty()) {
      return mistake;
    }
    largest = std::max(largest, typos);
  }
  request->num_typos = static_cast<uint32_t>(largest);
  return {};
}

// The name and the words of other engines; "fallback" is what "always" does with a word that no
// product has.
Mistake SplitJoinTokens(const Json& value, SearchRequest* request) {
  if (value == Json("off") || value == Json("always") || value == Json("fallback")) {
    request->split_join_tokens = value != Json("off");
    return {};
  }
  return Mistake("allowed are `always` and `off`");
}

// "none" switches highlights off; an empty text is as good as no parameter.
Mistake HighlightFields(const Json& value, SearchRequest* request) {
  if (value == Json("")) return {};
  std::vector<std::string> fields;
  Mistake mistake = ReadList(value, &fields);
  if (fields == std::vector<std::string>{"none"}) fields.clear();
  request->highlight_fields = std::move(fields);
  return mistake;
}

Mistake SuggestFacets(const Json& value, SuggestRequest* request) {
  std::vector<std::string> fields;
  Mistake mistake = ReadList(value, &fields);
  request->facet_by = std::move(fields);
  return mistake;
}

Mistake SuggestCache(const Json& value, SuggestRequest* request) {
  bool use_cache = false;
  Mistake mistake = ReadBool(value, &use_cache);
  if (mistake.empty()) request->use_cache = use_cache;
  return mistake;
}

using S = SearchRequest;
constexpr ParameterReader<S> kSearchParameters[] = {
    {"q", Text<S, &S::q>},
    {"query_by", List<S, &S::query_by>},
    {"query_by_weights", Weights},
    {"prefix", [](const Json& value, S* request) { return ReadBool(value, &request->prefix); }},
    {"word_forms",
     [](const Json& value, S* request) { return ReadBool(value, &request->word_forms); }},
    {"num_typos", Typos},
    {"exhaustive_search",
     [](const Json& value, S* request) { return ReadBool(value, &request->exhaustive_search); }},
    {"split_join_tokens", SplitJoinTokens},
    {"drop_tokens_threshold",
     Number<S, &S::drop_tokens_threshold, limits::kDropTokensThresholdMax>},
    {"enable_synonyms",
     [](const Json& value, S* request) { return ReadBool(value, &request->enable_synonyms); }},
    {"synonym_sets", List<S, &S::synonym_sets>},
    {"stopwords", Text<S, &S::stop_words>},
    {"rerank", [](const Json& value, S* request) { return ReadBool(value, &request->rerank); }},
    {"explain", [](const Json& value, S* request) { return ReadBool(value, &request->explain); }},
    {"filter_by", Text<S, &S::filter_by>},
    {"sort_by", Text<S, &S::sort_by>},
    {"facet_by", Text<S, &S::facet_by>},
    {"facet_query", Text<S, &S::facet_query>},
    {"max_facet_values", Number<S, &S::max_facet_values, limits::kFacetValuesMax>},
    {"page", Page},
    {"per_page", PerPage},
    {"limit", PerPage},
    {"offset", Offset},
    {"include_fields", List<S, &S::include_fields>},
    {"exclude_fields", List<S, &S::exclude_fields>},
    {"highlight_fields", HighlightFields},
    {"highlight_full_fields", List<S, &S::highlight_full_fields>},
    {"highlight_start_tag", Text<S, &S::highlight_start_tag>},
    {"highlight_end_tag", Text<S, &S::highlight_end_tag>},
    {"highlight_affix_num_tokens", Number<S, &S::highlight_affix_num_tokens, kWordsMax>},
    {"snippet_threshold", Number<S, &S::snippet_threshold, kWordsMax>},
    {"use_cache",
     [](const Json& value, S* request) { return ReadBool(value, &request->use_cache); }},
};

using G = SuggestRequest;
constexpr ParameterReader<G> kSuggestParameters[] = {
    {"q", Text<G, &G::q>},
    {"query_by", List<G, &G::query_by>},
    {"filter_by", Text<G, &G::filter_by>},
    {"facet_by", SuggestFacets},
    {"limit", Number<G, &G::limit, limits::kSuggestionsMax>},
    {"products", Number<G, &G::products, limits::kSuggestionsMax>},
    {"include_fields", List<G, &G::include_fields>},
    {"exclude_fields", List<G, &G::exclude_fields>},
    {"highlight_start_tag", Text<G, &G::highlight_start_tag>},
    {"highlight_end_tag", Text<G, &G::highlight_end_tag>},
    {"use_cache", SuggestCache},
};

// Parameters of Typesense's clients that tune its own ranking, typo rules, caches and thresholds.
constexpr std::array<std::string_view, 38> kWithoutEffect = {
    "cache_ttl",
    "collection",
    "drop_tokens_mode",
    "enable_highlight_v1",
    "enable_lazy_filter",
    "enable_overrides",
    "enable_typos_for_alpha_numerical_tokens",
    "enable_typos_for_numerical_tokens",
    "facet_return_parent",
    "facet_sample_percent",
    "facet_sample_slope",
    "facet_sample_threshold",
    "facet_strategy",
    "filter_curated_hits",
    "infix",
    "limit_hits",
    "limit_multi_searches",
    "max_candidates",
    "max_extra_prefix",
    "max_extra_suffix",
    "max_filter_by_candidates",
    "min_len_1typo",
    "min_len_2typo",
    "pre_segmented_query",
    "prioritize_exact_match",
    "prioritize_num_matching_fields",
    "prioritize_token_position",
    "remote_embedding_num_tries",
    "remote_embedding_timeout_ms",
    "search_cutoff_ms",
    "split_join_tokens",
    "synonym_num_typos",
    "synonym_prefix",
    "text_match_type",
    "typo_tokens_threshold",
    "validate_field_names",
    "facet_query_num_typos",
    "enable_analytics",
};

bool IsWithoutEffect(std::string_view name) {
  return name.starts_with("x-") ||
         std::find(kWithoutEffect.begin(), kWithoutEffect.end(), name) != kWithoutEffect.end();
}

// One result, made in place: requests are large, and moving them is most of the work otherwise.
template <typename Request, size_t n>
absl::StatusOr<Request> Decode(const Parameters& parameters,
                               const ParameterReader<Request> (&readers)[n]) {
  absl::StatusOr<Request> request(absl::in_place);
  std::vector<std::string> mistakes;
  bool has_unknown = false;
  for (const auto& [name, value] : parameters) {
    if (value.is_null()) continue;  // as good as absent
    const auto reader =
        std::find_if(std::begin(readers), std::end(readers),
                     [&, &key = name](const auto& known) { return known.name == key; });
    if (reader != std::end(readers)) {
      const Mistake mistake = reader->read(value, &*request);
      if (!mistake.empty())
        mistakes.push_back(fmt::format("{} is {}: {}", name, Shown(value), mistake));
    } else if (!IsWithoutEffect(name) && value != Json("")) {
      has_unknown = true;
      mistakes.push_back(fmt::format("{} is not a parameter", Shown(Json(name))));
    }
  }
  if (has_unknown) {
    std::vector<std::string_view> names;
    for (const auto& reader : readers) names.push_back(reader.name);
    mistakes.push_back(fmt::format("allowed are {}", fmt::join(names, ", ")));
  }
  if (!mistakes.empty()) request = InvalidArgument("{}", fmt::join(mistakes, "; "));
  return request;
}

}  // namespace

absl::StatusOr<SearchRequest> DecodeSearch(const Parameters& parameters) {
  if (const Mistake mistake = TwoPlaces(parameters); !mistake.empty())
    return InvalidArgument("{}", mistake);
  return Decode(parameters, kSearchParameters);
}

absl::StatusOr<SuggestRequest> DecodeSuggest(const Parameters& parameters) {
  return Decode(parameters, kSuggestParameters);
}

}  // namespace aisle
