// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/suggester.h"

#include <algorithm>
#include <chrono>

#include <fmt/ranges.h>

#include "core/limits.h"
#include "query/completion.h"
#include "query/facet_highlighter.h"
#include "query/hit_builder.h"
#include "query/label_matcher.h"
#include "query/memory_executor.h"
#include "query/search_plan.h"

namespace aisle {
namespace {

// Completions are read off this many of the best products.
constexpr uint64_t kSampleProducts = 120;
constexpr size_t kFewLetters = 3;

std::vector<std::string> DefaultFacets(const Schema& schema) {
  std::vector<std::string> names;
  for (const Field& field : schema.fields()) {
    if (field.facet && field.IsText() && (field.hierarchy || field.name == "brand")) {
      names.push_back(field.name);
    }
  }
  return names;
}

// A few letters say little of what is meant, and half of the catalog may have a word that begins
// so: the most popular products come first, and none is scored.
void PreferPopular(SearchPlan* plan) {
  const Schema& schema = plan->snapshot->schema->schema();
  if (plan->words.size() != 1 || plan->words[0].word.surface.size() > kFewLetters) return;
  if (schema.default_sorting_field().empty()) return;
  SortKey popular;
  popular.field = *schema.NumberOf(schema.default_sorting_field());
  popular.descending = true;
  plan->sort = {popular};
  plan->wants_scores = false;
}

// Each facet is asked twice: for the values that hold the words typed, and for all, to fill up
// with.
void PlanFacetPairs(const SuggestRequest& request, SearchPlan* plan) {
  std::vector<PlannedFacet> pairs;
  for (PlannedFacet& facet : plan->facets) {
    const Field& field = plan->snapshot->schema->fields()[facet.field];
    facet.request.limit = request.limit;
    facet.request.accepts = LabelMatcher(request.q, field.locale);
    pairs.push_back(facet);
    facet.request.accepts = [](std::string_view) { return true; };
    pairs.push_back(std::move(facet));
  }
  plan->facets = std::move(pairs);
}

// Values whose own words match come first, then those that the matching products have.
FacetResult JoinPair(FacetResult matching, FacetResult all, size_t limit) {
  for (FacetValue& value : all.values) {
    const bool is_known =
        std::any_of(matching.values.begin(), matching.values.end(),
                    [&](const FacetValue& known) { return known.value == value.value; });
    if (!is_known && matching.values.size() < limit) matching.values.push_back(std::move(value));
  }
  if (matching.values.size() > limit) matching.values.resize(limit);
  return matching;
}

// Marks what was typed, where it begins a word of the completion.
std::string MarkTyped(const std::string& text, const CompletionGatherer& gatherer,
                      const SuggestRequest& request) {
  const std::string& typed = gatherer.typed();
  const size_t found = (" " + text).find(" " + typed);
  if (found == std::string::npos) return text;
  return fmt::format("{}{}{}{}{}", text.substr(0, found), request.highlight_start_tag, typed,
                     request.highlight_end_tag, text.substr(found + typed.size()));
}

absl::StatusOr<uint64_t> CountFound(const std::string& text, const SuggestRequest& request,
                                    const SearchPlan& plan) {
  SearchRequest search;
  search.q = text;
  search.query_by = request.query_by;
  search.filter_by = request.filter_by;
  search.per_page = 0;
  search.drop_tokens_threshold = 0;
  ASSIGN_OR_RETURN(const SearchPlan counted, PlanSearch(search, plan.snapshot));
  ASSIGN_OR_RETURN(const SearchOutcome outcome, ExecuteOnMemory(counted));
  return outcome.found;
}

absl::Status AddCompletions(const SuggestRequest& request, const SearchPlan& plan,
                            const std::vector<Candidate>& sample, SuggestResponse* response) {
  if (plan.words.empty() || plan.fields.empty()) return absl::OkStatus();
  // The field searched first is the product's name.
  const size_t field = plan.fields.front().field;
  const Field& name = plan.snapshot->schema->fields()[field];
  CompletionGatherer gatherer(request.q, *plan.snapshot->schema->analyzer(field));
  for (size_t i = 0; i < sample.size(); ++i) {
    const SegmentView& view = plan.snapshot->segments[sample[i].segment];
    ASSIGN_OR_RETURN(std::string source, view.segment->documents->Get(sample[i].doc));
    ASSIGN_OR_RETURN(Json document, ParseJson(source));
    const double weight = 1.0 / (1.0 + static_cast<double>(i) / 20);
    VisitPath(document, name.name, [&](const Json& value) {
      if (value.is_string()) gatherer.Add(value.as_string(), weight);
    });
  }
  for (const std::string& text : gatherer.Best(request.limit)) {
    ASSIGN_OR_RETURN(const uint64_t count, CountFound(text, request, plan));
    if (count == 0) continue;
    response->completions.push_back({text, MarkTyped(text, gatherer, request), count});
  }
  return absl::OkStatus();
}

absl::Status AddProducts(const SuggestRequest& request, const SearchPlan& plan,
                         const std::vector<Candidate>& page, SuggestResponse* response) {
  HitOptions options;
  options.include_fields = request.include_fields;
  options.exclude_fields = request.exclude_fields;
  options.highlight.start_tag = request.highlight_start_tag;
  options.highlight.end_tag = request.highlight_end_tag;
  for (const SearchedField& field : plan.fields) {
    options.highlight_fields.push_back(plan.snapshot->schema->fields()[field.field].name);
  }
  const HitBuilder builder(plan, options);
  for (size_t i = 0; i < page.size() && i < request.products; ++i) {
    ASSIGN_OR_RETURN(Hit hit, builder.Build(page[i]));
    response->products.push_back(std::move(hit));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SuggestResponse> Suggest(const SuggestRequest& request,
                                        std::shared_ptr<const Snapshot> snapshot) {
  const auto start = std::chrono::steady_clock::now();
  if (request.limit > limits::kSuggestionsMax || request.products > limits::kSuggestionsMax) {
    return InvalidArgument("`limit` is {} and `products` {}: allowed are 0..{}", request.limit,
                           request.products, limits::kSuggestionsMax);
  }
  SearchRequest search;
  search.q = request.q;
  search.drop_tokens_threshold = 0;
  search.query_by = request.query_by;
  search.filter_by = request.filter_by;
  search.facet_by = fmt::format(
      "{}", fmt::join(request.facet_by.value_or(DefaultFacets(snapshot->schema->schema())), ","));
  ASSIGN_OR_RETURN(SearchPlan plan, PlanSearch(search, std::move(snapshot)));
  plan.limit =
      plan.words.empty() ? request.products : std::max<uint64_t>(kSampleProducts, request.products);
  PreferPopular(&plan);
  PlanFacetPairs(request, &plan);
  ASSIGN_OR_RETURN(SearchOutcome outcome, ExecuteOnMemory(plan));

  SuggestResponse response;
  response.found = outcome.found;
  RETURN_IF_ERROR(AddCompletions(request, plan, outcome.page, &response));
  RETURN_IF_ERROR(AddProducts(request, plan, outcome.page, &response));
  HighlightOptions marks;
  marks.start_tag = request.highlight_start_tag;
  marks.end_tag = request.highlight_end_tag;
  for (size_t i = 0; i + 1 < outcome.facets.size(); i += 2) {
    FacetResult joined =
        JoinPair(std::move(outcome.facets[i]), std::move(outcome.facets[i + 1]), request.limit);
    response.facets.push_back(HighlightFacet(std::move(joined), request.q, marks));
  }
  const std::chrono::duration<double, std::milli> elapsed =
      std::chrono::steady_clock::now() - start;
  response.search_time_ms = elapsed.count();
  return response;
}

}  // namespace aisle
