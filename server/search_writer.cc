// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/search_writer.h"

#include <algorithm>
#include <mutex>
#include <string>

#include <absl/container/inlined_vector.h>
#include <fmt/format.h>

#include "server/explanation_writer.h"

namespace aisle {
namespace {

void WriteStrings(const std::vector<std::string>& strings, JsonWriter* w) {
  w->BeginArray();
  for (const std::string& string : strings) w->Value(string);
  w->EndArray();
}

// The members of one highlight: `snippet` for a single value, `snippets` and `indices` for an
// array.
void WriteHighlightMembers(const Highlight& highlight, JsonWriter* w) {
  if (highlight.indices.empty()) {
    if (!highlight.snippets.empty()) w->Member("snippet", highlight.snippets.front());
    if (!highlight.values.empty()) w->Member("value", highlight.values.front());
  } else {
    WriteStrings(highlight.snippets, &w->Key("snippets"));
    if (!highlight.values.empty()) WriteStrings(highlight.values, &w->Key("values"));
    w->Key("indices").BeginArray();
    for (const uint32_t index : highlight.indices) w->Value(index);
    w->EndArray();
  }
  WriteStrings(highlight.matched_tokens, &w->Key("matched_tokens"));
}

// Something stands between these positions of the answer.
struct WrittenPart {
  size_t begin = 0;
  size_t end = 0;
};
using WrittenParts = absl::InlinedVector<WrittenPart, 4>;

WrittenParts WriteHighlightObject(const std::vector<Highlight>& highlights, JsonWriter* w) {
  WrittenParts written;
  written.reserve(highlights.size());
  w->Key("highlight").BeginObject();
  for (const Highlight& highlight : highlights) {
    w->Key(highlight.field).BeginObject();
    const size_t begin = w->position();
    WriteHighlightMembers(highlight, w);
    written.push_back({begin, w->position()});
    w->EndObject();
  }
  w->EndObject();
  return written;
}

// The same as a list: clients of either form are served.
void WriteHighlightList(const std::vector<Highlight>& highlights, const WrittenParts& written,
                        JsonWriter* w) {
  w->Key("highlights").BeginArray();
  for (size_t i = 0; i < highlights.size(); ++i) {
    w->BeginObject().Member("field", highlights[i].field);
    w->Again(written[i].begin, written[i].end);
    w->EndObject();
  }
  w->EndArray();
}

void WriteHit(const Hit& hit, JsonWriter* w) {
  w->BeginObject();
  w->Key("document").Raw(hit.document);
  WriteHighlightList(hit.highlights, WriteHighlightObject(hit.highlights, w), w);
  const fmt::format_int text_match(TextMatchOf(hit.score));
  const std::string_view digits(text_match.data(), text_match.size());
  w->Key("text_match").Raw(digits);
  w->Key("text_match_info").BeginObject().Member("score", digits).EndObject();
  if (!hit.geo_distances.empty()) {
    w->Key("geo_distance_meters").BeginObject();
    for (const auto& [field, meters] : hit.geo_distances) w->Key(field).Value(meters);
    w->EndObject();
  }
  if (hit.explanation) WriteHitExplanation(*hit.explanation, &w->Key("explanation"));
  w->EndObject();
}

void WriteFacetValue(const FacetValue& value, std::string_view highlighted, bool is_hierarchy,
                     JsonWriter* w) {
  w->BeginObject().Member("value", value.value);
  if (is_hierarchy) {
    w->Member("label", value.label).Member("level", value.level).Member("parent", value.parent);
  }
  w->Member("highlighted", highlighted).Member("count", value.count);
  if (value.from) w->Member("from", *value.from);
  if (value.to) w->Member("to", *value.to);
  if (value.selected) w->Member("selected", true);
  w->EndObject();
}

void WriteFacetValues(const FacetCounts& facet, JsonWriter* w) {
  w->Key("counts").BeginArray();
  for (size_t i = 0; i < facet.result.values.size(); ++i) {
    const FacetValue& value = facet.result.values[i];
    const std::string& highlighted =
        i < facet.highlighted.size() ? facet.highlighted[i] : value.value;
    WriteFacetValue(value, highlighted, facet.result.is_hierarchy, w);
  }
  w->EndArray();
}

void WriteFacet(const FacetCounts& facet, JsonWriter* w) {
  const FacetResult& result = facet.result;
  w->BeginObject().Member("field_name", result.field);
  w->Member("exact", true).Member("sampled", false);
  WriteFacetValues(facet, w);
  w->Key("stats").BeginObject();
  if (result.stats) {
    w->Member("min", result.stats->min).Member("max", result.stats->max);
    w->Member("sum", result.stats->sum).Member("avg", result.stats->avg());
  }
  w->Member("total_values", result.total_values).EndObject();
  if (!result.histogram.empty()) {
    w->Key("histogram").BeginArray();
    for (const HistogramBucket& bucket : result.histogram) {
      w->BeginObject().Member("from", bucket.from).Member("to", bucket.to);
      w->Member("count", bucket.count).EndObject();
    }
    w->EndArray();
  }
  w->EndObject();
}

void WriteUnderstanding(const QueryUnderstanding& understanding, JsonWriter* w) {
  w->Key("query_understanding").BeginObject();
  if (!understanding.corrections.empty()) {
    w->Member("corrected_query", understanding.corrected_query);
    w->Key("corrected_tokens").BeginArray();
    for (const auto& correction : understanding.corrections) {
      w->BeginObject().Member("token", correction.typed);
      WriteStrings(correction.used, &w->Key("corrections"));
      w->EndObject();
    }
    w->EndArray();
  }
  WriteStrings(understanding.dropped, &w->Key("dropped_tokens"));
  WriteStrings(understanding.excluded, &w->Key("excluded_tokens"));
  if (!understanding.stop_words.empty()) {
    WriteStrings(understanding.stop_words, &w->Key("stop_words"));
  }
  if (!understanding.loose_phrases.empty()) {
    WriteStrings(understanding.loose_phrases, &w->Key("phrases_as_words"));
  }
  w->EndObject();
}

// Documents are most of an answer, their highlights mostly as much again.
size_t AnswerBytes(const SearchResponse& response) {
  constexpr size_t kFrameBytes = 4096;
  constexpr size_t kHitBytes = 256;
  size_t bytes = kFrameBytes;
  for (const Hit& hit : response.hits) bytes += kHitBytes + 2 * hit.document.size();
  return bytes;
}

// Both write one object, and return where the value of its search_time_ms stands.
WrittenPart WriteSearch(std::string_view collection, const SearchRequest& request,
                        const SearchResponse& response, double search_time_ms, JsonWriter* w) {
  WrittenPart time;
  w->Reserve(AnswerBytes(response));
  w->BeginObject().Key("facet_counts").BeginArray();
  for (const FacetCounts& facet : response.facets) WriteFacet(facet, w);
  w->EndArray();
  w->Member("found", response.found).Member("out_of", response.out_of);
  w->Member("page", response.page).Member("per_page", response.per_page);
  time.begin = w->Key("search_time_ms").position();
  time.end = w->Value(search_time_ms).position();
  w->Member("search_cutoff", response.search_cutoff);
  w->Key("request_params").BeginObject().Member("collection_name", collection);
  w->Member("per_page", response.per_page).Member("q", request.q).EndObject();
  if (!response.understanding.is_plain()) WriteUnderstanding(response.understanding, w);
  w->Key("hits").BeginArray();
  for (const Hit& hit : response.hits) WriteHit(hit, w);
  w->EndArray().EndObject();
  return time;
}

WrittenPart WriteSuggestion(const SuggestRequest& request, const SuggestResponse& response,
                            double search_time_ms, JsonWriter* w) {
  WrittenPart time;
  w->BeginObject().Member("q", request.q);
  time.begin = w->Key("search_time_ms").position();
  time.end = w->Value(search_time_ms).position();
  w->Member("found", response.found);
  w->Key("completions").BeginArray();
  for (const Completion& completion : response.completions) {
    w->BeginObject().Member("text", completion.text);
    w->Member("highlighted", completion.highlighted).Member("count", completion.count).EndObject();
  }
  w->EndArray().Key("facets").BeginArray();
  for (const FacetCounts& facet : response.facets) {
    w->BeginObject().Member("field_name", facet.result.field).Key("counts").BeginArray();
    for (size_t i = 0; i < facet.result.values.size(); ++i) {
      const FacetValue& value = facet.result.values[i];
      w->BeginObject().Member("value", value.value);
      w->Member("label", value.label.empty() ? value.value : value.label);
      w->Member("count", value.count);
      w->Member("highlighted", i < facet.highlighted.size() ? facet.highlighted[i] : value.value);
      w->EndObject();
    }
    w->EndArray().EndObject();
  }
  w->EndArray().Key("products").BeginArray();
  for (const Hit& hit : response.products) {
    w->BeginObject().Key("document").Raw(hit.document);
    WriteHighlightObject(hit.highlights, w);
    w->EndObject();
  }
  w->EndArray().EndObject();
  return time;
}

// `write(time, writer)` is one of the two. What a cache keeps is written once, and given to all.
template <typename Response, typename Write>
void WriteShared(const SharedResponse<Response>& answer, const Write& write, JsonWriter* w) {
  if (answer.written == nullptr) {
    write(answer.search_time_ms, w);
    return;
  }
  WrittenResponse& written = *answer.written;
  std::call_once(written.is_made, [&] {
    std::string text;
    JsonWriter own(&text);
    const WrittenPart time = write(0.0, &own);
    written.before = text.substr(0, time.begin);
    written.after = text.substr(time.end);
  });
  w->Raw(written.before, answer.search_time_ms, written.after);
}

}  // namespace

int64_t TextMatchOf(double score) {
  constexpr double kScale = 1e6;
  constexpr double kMax = 9007199254740991;  // 2^53 - 1
  if (!(score > 0)) return 0;
  return static_cast<int64_t>(std::min(score * kScale + 0.5, kMax));
}

void WriteSearchResponse(std::string_view collection, const SearchRequest& request,
                         const SharedResponse<SearchResponse>& answer, JsonWriter* writer) {
  const auto write = [&](double time, JsonWriter* w) {
    return WriteSearch(collection, request, *answer, time, w);
  };
  WriteShared(answer, write, writer);
}

void WriteSuggestResponse(const SuggestRequest& request,
                          const SharedResponse<SuggestResponse>& answer, JsonWriter* writer) {
  const auto write = [&](double time, JsonWriter* w) {
    return WriteSuggestion(request, *answer, time, w);
  };
  WriteShared(answer, write, writer);
}

}  // namespace aisle
