// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/suggester.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/ranges.h>

#include "core/limits.h"
#include "query/completion.h"
#include "query/facet_highlighter.h"
#include "query/hit_builder.h"
#include "query/label_matcher.h"
#include "query/memory_executor.h"
#include "query/search_plan.h"
#include "query/word_meanings.h"

namespace aisle {
namespace {

// Completions are read off this many of the best products.
constexpr uint64_t kSampleProducts = 120;

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
// so: the most popular products come first, none is scored, and who has such a word is looked up
// whole (query/beginning.h). nullopt if `request` is of another kind, or wrong.
std::optional<QueryWord> ShortBeginning(const SuggestRequest& request, const IndexSchema& schema) {
  if (schema.schema().default_sorting_field().empty()) return std::nullopt;
  if (request.q.size() > limits::kQueryBytesMax) return std::nullopt;
  const auto fields = SelectSearchedFields(request.query_by, {}, schema);
  if (!fields.ok()) return std::nullopt;
  std::vector<QueryWord> words = AnalyzeQuery(request.q, true, *fields, schema);
  if (words.size() != 1 || LettersIn(words[0].surface) > kFewLetters) return std::nullopt;
  return std::move(words[0]);
}

void PreferPopular(QueryWord word, SearchPlan* plan) {
  const IndexSchema& schema = *plan->snapshot->schema;
  const auto all_fields = static_cast<uint32_t>((uint64_t{1} << schema.search_bits()) - 1);
  plan->beginning =
      std::make_shared<Beginning>(word, plan->snapshot->dictionaries->terms(), all_fields);
  plan->words.push_back({std::move(word), {}});
  SortKey popular;
  popular.field = *schema.schema().NumberOf(schema.schema().default_sorting_field());
  popular.descending = true;
  plan->sort = {popular};
  plan->wants_scores = false;
}

// Values that hold the words typed come first, then those that the matching products have.
void PlanFacetValues(const SuggestRequest& request, SearchPlan* plan) {
  for (PlannedFacet& facet : plan->facets) {
    const Field& field = plan->snapshot->schema->fields()[facet.field];
    facet.request.limit = request.limit;
    facet.request.prefers = LabelMatcher(request.q, field.locale);
  }
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
  ASSIGN_OR_RETURN(const SearchPlan counted, PlanSearch(search, plan.snapshot, plan.vocabulary));
  ASSIGN_OR_RETURN(const SearchOutcome outcome, ExecuteOnMemory(counted));
  return outcome.found;
}

absl::Status AddCompletions(const SuggestRequest& request, const SearchPlan& plan,
                            const std::vector<Candidate>& sample, SuggestionParts* parts) {
  if (plan.words.empty() || plan.fields.empty()) return absl::OkStatus();
  // The field searched first is the product's name.
  const size_t field = plan.fields.front().field;
  const Field& name = plan.snapshot->schema->fields()[field];
  CompletionGatherer gatherer(request.q, *plan.snapshot->schema->analyzer(field));
  for (size_t i = 0; i < sample.size(); ++i) {
    const SegmentView& view = plan.snapshot->segments[sample[i].segment];
    ASSIGN_OR_RETURN(std::string source, view.Document(sample[i].doc));
    ASSIGN_OR_RETURN(Json document, ParseJson(source));
    const double weight = 1.0 / (1.0 + static_cast<double>(i) / 20);
    VisitPath(document, name.name, [&](const Json& value) {
      if (value.is_string()) gatherer.Add(value.as_string(), weight);
    });
  }
  for (const std::string& text : gatherer.Best(request.limit)) {
    ASSIGN_OR_RETURN(const uint64_t count, CountFound(text, request, plan));
    if (count == 0) continue;
    parts->completions.push_back({text, MarkTyped(text, gatherer, request), count});
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

absl::StatusOr<SuggestionParts> MakeParts(const SuggestRequest& request, const SearchPlan& plan) {
  ASSIGN_OR_RETURN(SearchOutcome outcome, ExecuteOnMemory(plan));
  SuggestionParts parts;
  parts.found = outcome.found;
  RETURN_IF_ERROR(AddCompletions(request, plan, outcome.page, &parts));
  HighlightOptions marks;
  marks.start_tag = request.highlight_start_tag;
  marks.end_tag = request.highlight_end_tag;
  for (FacetResult& facet : outcome.facets) {
    // Chosen values are listed beyond the limit too.
    if (facet.values.size() > request.limit) facet.values.resize(request.limit);
    parts.facets.push_back(HighlightFacet(std::move(facet), request.q, marks));
  }
  parts.products = std::move(outcome.page);
  if (parts.products.size() > request.products) parts.products.resize(request.products);
  return parts;
}

// Which products pass a filter may change with any field: those are not remembered.
absl::StatusOr<SuggestionParts> FindOrMakeParts(const SuggestRequest& request,
                                                const SearchPlan& plan,
                                                const SuggestionMemory& memory) {
  if (memory.cache == nullptr || !request.filter_by.empty()) return MakeParts(request, plan);
  if (const auto known = memory.cache->Find(memory.request, plan)) return *known;
  ASSIGN_OR_RETURN(SuggestionParts parts, MakeParts(request, plan));
  memory.cache->Add(memory.request, plan, parts);
  return parts;
}

absl::StatusOr<SearchPlan> PlanSuggestion(const SuggestRequest& request,
                                          std::shared_ptr<const Snapshot> snapshot,
                                          Vocabulary vocabulary) {
  SearchRequest search;
  search.q = request.q;
  search.drop_tokens_threshold = 0;
  search.rerank = false;  // a keystroke has to be answered fast
  search.query_by = request.query_by;
  search.filter_by = request.filter_by;
  search.facet_by = fmt::format(
      "{}", fmt::join(request.facet_by.value_or(DefaultFacets(snapshot->schema->schema())), ","));
  std::optional<QueryWord> beginning = ShortBeginning(request, *snapshot->schema);
  if (beginning) search.q.clear();
  ASSIGN_OR_RETURN(SearchPlan plan, PlanSearch(search, std::move(snapshot), std::move(vocabulary)));
  if (beginning) PreferPopular(*std::move(beginning), &plan);
  plan.limit =
      plan.words.empty() ? request.products : std::max<uint64_t>(kSampleProducts, request.products);
  PlanFacetValues(request, &plan);
  return plan;
}

}  // namespace

absl::StatusOr<SuggestResponse> Suggest(const SuggestRequest& request,
                                        std::shared_ptr<const Snapshot> snapshot,
                                        Vocabulary vocabulary, const SuggestionMemory& memory) {
  if (request.limit > limits::kSuggestionsMax || request.products > limits::kSuggestionsMax) {
    return InvalidArgument("`limit` is {} and `products` {}: allowed are 0..{}", request.limit,
                           request.products, limits::kSuggestionsMax);
  }
  ASSIGN_OR_RETURN(const SearchPlan plan,
                   PlanSuggestion(request, std::move(snapshot), std::move(vocabulary)));
  ASSIGN_OR_RETURN(SuggestionParts parts, FindOrMakeParts(request, plan, memory));
  SuggestResponse response;
  response.found = parts.found;
  response.completions = std::move(parts.completions);
  response.facets = std::move(parts.facets);
  RETURN_IF_ERROR(AddProducts(request, plan, parts.products, &response));
  return response;
}

}  // namespace aisle
