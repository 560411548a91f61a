// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/search_writer.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <string>

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
    if (!highlight.snippets.empty()) w->Key("snippet").Value(highlight.snippets.front());
    if (!highlight.values.empty()) w->Key("value").Value(highlight.values.front());
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

std::vector<WrittenPart> WriteHighlightObject(const std::vector<Highlight>& highlights,
                                              JsonWriter* w) {
  std::vector<WrittenPart> written;
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
void WriteHighlightList(const std::vector<Highlight>& highlights,
                        const std::vector<WrittenPart>& written, JsonWriter* w) {
  w->Key("highlights").BeginArray();
  for (size_t i = 0; i < highlights.size(); ++i) {
    w->BeginObject().Key("field").Value(highlights[i].field);
    w->Again(written[i].begin, written[i].end);
    w->EndObject();
  }
  w->EndArray();
}

void WriteHit(const Hit& hit, JsonWriter* w) {
  w->BeginObject();
  w->Key("document").Raw(hit.document);
  WriteHighlightList(hit.highlights, WriteHighlightObject(hit.highlights, w), w);
  const int64_t text_match = TextMatchOf(hit.score);
  w->Key("text_match").Value(text_match);
  w->Key("text_match_info")
      .BeginObject()
      .Key("score")
      .Value(std::to_string(text_match))
      .EndObject();
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
  w->BeginObject().Key("value").Value(value.value);
  if (is_hierarchy) {
    w->Key("label")
        .Value(value.label)
        .Key("level")
        .Value(value.level)
        .Key("parent")
        .Value(value.parent);
  }
  w->Key("highlighted").Value(highlighted).Key("count").Value(value.count);
  if (value.from) w->Key("from").Value(*value.from);
  if (value.to) w->Key("to").Value(*value.to);
  if (value.selected) w->Key("selected").Value(true);
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
  w->BeginObject().Key("field_name").Value(result.field);
  w->Key("exact").Value(true).Key("sampled").Value(false);
  WriteFacetValues(facet, w);
  w->Key("stats").BeginObject();
  if (result.stats) {
    w->Key("min").Value(result.stats->min).Key("max").Value(result.stats->max);
    w->Key("sum").Value(result.stats->sum).Key("avg").Value(result.stats->avg());
  }
  w->Key("total_values").Value(result.total_values).EndObject();
  if (!result.histogram.empty()) {
    w->Key("histogram").BeginArray();
    for (const HistogramBucket& bucket : result.histogram) {
      w->BeginObject().Key("from").Value(bucket.from).Key("to").Value(bucket.to);
      w->Key("count").Value(bucket.count).EndObject();
    }
    w->EndArray();
  }
  w->EndObject();
}

void WriteUnderstanding(const QueryUnderstanding& understanding, JsonWriter* w) {
  w->Key("query_understanding").BeginObject();
  if (!understanding.corrections.empty()) {
    w->Key("corrected_query").Value(understanding.corrected_query);
    w->Key("corrected_tokens").BeginArray();
    for (const auto& correction : understanding.corrections) {
      w->BeginObject().Key("token").Value(correction.typed);
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
  w->Key("found").Value(response.found).Key("out_of").Value(response.out_of);
  w->Key("page").Value(response.page).Key("per_page").Value(response.per_page);
  time.begin = w->Key("search_time_ms").position();
  time.end = w->Value(search_time_ms).position();
  w->Key("search_cutoff").Value(response.search_cutoff);
  w->Key("request_params").BeginObject().Key("collection_name").Value(collection);
  w->Key("per_page").Value(response.per_page).Key("q").Value(request.q).EndObject();
  if (!response.understanding.is_plain()) WriteUnderstanding(response.understanding, w);
  w->Key("hits").BeginArray();
  for (const Hit& hit : response.hits) WriteHit(hit, w);
  w->EndArray().EndObject();
  return time;
}

WrittenPart WriteSuggestion(const SuggestRequest& request, const SuggestResponse& response,
                            double search_time_ms, JsonWriter* w) {
  WrittenPart time;
  w->BeginObject().Key("q").Value(request.q);
  time.begin = w->Key("search_time_ms").position();
  time.end = w->Value(search_time_ms).position();
  w->Key("found").Value(response.found);
  w->Key("completions").BeginArray();
  for (const Completion& completion : response.completions) {
    w->BeginObject().Key("text").Value(completion.text);
    w->Key("highlighted")
        .Value(completion.highlighted)
        .Key("count")
        .Value(completion.count)
        .EndObject();
  }
  w->EndArray().Key("facets").BeginArray();
  for (const FacetCounts& facet : response.facets) {
    w->BeginObject().Key("field_name").Value(facet.result.field).Key("counts").BeginArray();
    for (size_t i = 0; i < facet.result.values.size(); ++i) {
      const FacetValue& value = facet.result.values[i];
      w->BeginObject().Key("value").Value(value.value);
      w->Key("label").Value(value.label.empty() ? value.value : value.label);
      w->Key("count").Value(value.count);
      w->Key("highlighted")
          .Value(i < facet.highlighted.size() ? facet.highlighted[i] : value.value);
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
  return std::llround(std::min(score * kScale, kMax));
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
