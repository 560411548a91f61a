// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/searcher.h"

#include <algorithm>

#include "query/facet_highlighter.h"
#include "query/hit_builder.h"
#include "query/memory_executor.h"
#include "query/ranking_criteria.h"
#include "query/search_plan.h"

namespace aisle {
namespace {

HitOptions HitOptionsOf(const SearchRequest& request, const SearchPlan& plan) {
  HitOptions options;
  options.include_fields = request.include_fields;
  options.exclude_fields = request.exclude_fields;
  options.highlight_full_fields = request.highlight_full_fields;
  if (request.highlight_fields) {
    options.highlight_fields = *request.highlight_fields;
  } else {
    for (const SearchedField& field : plan.fields) {
      options.highlight_fields.push_back(plan.snapshot->schema->fields()[field.field].name);
    }
  }
  options.highlight.start_tag = request.highlight_start_tag;
  options.highlight.end_tag = request.highlight_end_tag;
  options.highlight.affix_num_tokens = request.highlight_affix_num_tokens;
  options.highlight.snippet_threshold = request.snippet_threshold;
  return options;
}

QueryUnderstanding UnderstandingOf(const SearchPlan& plan, const std::vector<size_t>& words) {
  QueryUnderstanding understanding;
  understanding.excluded = plan.excluded;
  understanding.stop_words = plan.stop_words;
  for (const PlannedPhrase& phrase : plan.phrases) {
    if (phrase.is_excluded) understanding.excluded.push_back(phrase.text);
    if (phrase.is_loose) understanding.loose_phrases.push_back(phrase.text);
  }
  for (const size_t word : words) {
    // A word that synonyms made several of is one word of the query.
    const std::string& text = plan.words[word].word.surface;
    auto& dropped = understanding.dropped;
    if (std::find(dropped.begin(), dropped.end(), text) == dropped.end()) dropped.push_back(text);
  }
  for (const WordCorrection& correction : plan.corrections) {
    understanding.corrections.push_back({correction.typed, correction.used});
  }
  if (plan.corrections.empty()) return understanding;
  for (const PlannedWord& word : plan.words) {
    if (word.is_repeated) continue;
    std::string_view text = word.word.surface;
    for (const WordCorrection& correction : plan.corrections) {
      if (correction.typed == word.word.surface) text = correction.used.front();
    }
    if (!understanding.corrected_query.empty()) understanding.corrected_query += ' ';
    understanding.corrected_query += text;
  }
  return understanding;
}

// What a plan finds; all of the answer but its time.
absl::StatusOr<SearchResponse> Answer(const SearchRequest& request, const SearchPlan& plan,
                                      const ExecutionOptions& options) {
  ASSIGN_OR_RETURN(SearchOutcome outcome, ExecuteOnMemory(plan, options));

  SearchResponse response;
  response.found = outcome.found;
  response.out_of = plan.snapshot->live_count;
  response.understanding = UnderstandingOf(plan, outcome.dropped);
  response.page = request.page;
  response.per_page = request.per_page;
  const HitOptions hit_options = HitOptionsOf(request, plan);
  const HitBuilder builder(plan, hit_options);
  std::optional<RankedHitExplainer> explainer;
  if (request.explain) explainer.emplace(plan, outcome.rule.get());
  builder.Expect(outcome.page);
  response.hits.reserve(outcome.page.size());
  for (const Candidate& candidate : outcome.page) {
    ASSIGN_OR_RETURN(Hit hit, builder.Build(candidate));
    if (explainer) hit.explanation = explainer->Explain(candidate);
    response.hits.push_back(std::move(hit));
  }
  for (FacetResult& facet : outcome.facets) {
    const bool is_asked = facet.field == plan.facet_query_field;
    response.facets.push_back(HighlightFacet(
        std::move(facet), is_asked ? plan.facet_query_text : std::string(), hit_options.highlight));
  }
  return response;
}

}  // namespace

absl::StatusOr<SearchResponse> Search(const SearchRequest& request,
                                      std::shared_ptr<const Snapshot> snapshot,
                                      Vocabulary vocabulary, uint64_t split_matches_min) {
  ASSIGN_OR_RETURN(const SearchPlan plan,
                   PlanSearch(request, std::move(snapshot), std::move(vocabulary)));
  return Answer(request, plan, {.split_matches_min = split_matches_min});
}

absl::StatusOr<SearchResponse> Search(const SearchRequest& request, SharedWords* shared) {
  const SharedWords::Words words = shared->Of(request);
  ASSIGN_OR_RETURN(const SearchPlan plan,
                   PlanSearch(request, *words.plan, *shared->snapshot()->schema));
  return Answer(request, plan, {.shared = words.matches});
}

absl::StatusOr<std::vector<Candidate>> FindAll(std::string_view filter_by,
                                               const std::shared_ptr<const Snapshot>& snapshot) {
  SearchRequest request;
  request.filter_by = filter_by;
  ASSIGN_OR_RETURN(SearchPlan plan, PlanSearch(request, snapshot));
  plan.sort.clear();
  plan.offset = 0;
  plan.limit = snapshot->live_count;
  ASSIGN_OR_RETURN(SearchOutcome outcome, ExecuteOnMemory(plan));
  return std::move(outcome.page);
}

}  // namespace aisle
