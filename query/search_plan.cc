// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/search_plan.h"

#include <algorithm>
#include <array>
#include <limits>

#include <absl/strings/ascii.h>
#include <fmt/ranges.h>

#include "core/limits.h"
#include "facets/hierarchy.h"
#include "query/compounds.h"
#include "query/facet_parser.h"
#include "query/filter_parser.h"
#include "query/label_matcher.h"
#include "query/phrase.h"
#include "query/prepared_filter.h"
#include "query/query_syntax.h"
#include "query/segment_filter.h"
#include "query/spelling.h"
#include "query/stop_word_removal.h"
#include "query/synonym_expansion.h"
#include "query/word_counts.h"
#include "text/emoji.h"

namespace aisle {
namespace {

// A mistake of the request is noted and planning goes on, so that the answer names all of them.
class Mistakes {
 public:
  void Add(const absl::Status& status) {
    if (!status.ok()) texts_.emplace_back(Message(status));
  }
  absl::Status ToStatus() const {
    return texts_.empty() ? absl::OkStatus() : InvalidArgument("{}", fmt::join(texts_, "; "));
  }

 private:
  std::vector<std::string> texts_;
};

std::vector<std::string> SearchedFieldNames(const IndexSchema& schema) {
  std::vector<std::string> names;
  for (size_t i = 0; i < schema.fields().size(); ++i) {
    if (schema.SearchBit(i) >= 0) names.push_back(schema.fields()[i].name);
  }
  return names;
}

// The field if `filter` does nothing but choose values of one field.
std::optional<size_t> SelectedField(const Filter& filter) {
  switch (filter.kind) {
    case Filter::Kind::kTerms:
    case Filter::Kind::kWords:
    case Filter::Kind::kNumbers:
      return filter.field;
    case Filter::Kind::kOr: {
      const auto first = SelectedField(filter.children.front());
      for (const Filter& child : filter.children) {
        if (!first || SelectedField(child) != first) return std::nullopt;
      }
      return first;
    }
    default:
      return std::nullopt;
  }
}

std::string NumberText(const Field& field, const Filter::Range& range) {
  if (field.type == FieldType::kBool) return range.integer_from != 0 ? "true" : "false";
  if (field.IsInteger()) return std::to_string(range.integer_from);
  return fmt::format("{}", range.from);
}

bool IsSingleValue(const Field& field, const Filter::Range& range) {
  if (range.from_open || range.to_open) return false;
  return field.IsInteger() ? range.integer_from == range.integer_to : range.from == range.to;
}

// Whether a filter range is what this facet range counts. Facet ranges exclude their upper bound,
// filters may or may not: both are the same choice to a shopper.
bool IsSameRange(const FacetRange& facet, const Filter::Range& range) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return facet.from.value_or(-kInfinity) == range.from && facet.to.value_or(kInfinity) == range.to;
}

// Marks in `request` the values that `filter` chooses.
void NoteSelected(const Filter& filter, const Field& field, FacetRequest* request) {
  for (const Filter& child : filter.children) NoteSelected(child, field, request);
  if (filter.kind == Filter::Kind::kTerms) {
    for (const std::string& text : filter.texts) {
      std::vector<std::string> path;
      if (field.hierarchy) path = HierarchyAncestors(text);
      request->selected.push_back(path.empty() ? text : path.back());
    }
  }
  if (filter.kind != Filter::Kind::kNumbers) return;
  for (const Filter::Range& range : filter.ranges) {
    if (IsSingleValue(field, range)) request->selected.push_back(NumberText(field, range));
    for (const FacetRange& facet : request->ranges) {
      if (IsSameRange(facet, range)) request->selected.push_back(facet.label);
    }
  }
}

// Splits the filter into the facets' own selections and the rest.
void PlanFilter(Filter filter, SearchPlan* plan) {
  const IndexSchema& schema = *plan->snapshot->schema;
  Filter base;
  base.kind = Filter::Kind::kAnd;
  for (const Filter* part : Conjuncts(filter)) {
    const auto field = SelectedField(*part);
    bool is_lifted = false;
    for (PlannedFacet& facet : plan->facets) {
      if (!field || facet.field != *field) continue;
      NoteSelected(*part, schema.fields()[*field], &facet.request);
      is_lifted |= !facet.request.conjunctive;
    }
    if (!is_lifted) {
      base.children.push_back(*part);
      continue;
    }
    auto it = std::find_if(plan->selections.begin(), plan->selections.end(),
                           [&](const FacetSelection& s) { return s.field == *field; });
    if (it == plan->selections.end()) {
      Filter all;
      all.kind = Filter::Kind::kAnd;
      it = plan->selections.insert(plan->selections.end(), {*field, std::move(all)});
    }
    it->filter.children.push_back(*part);
  }
  for (PlannedFacet& facet : plan->facets) {
    for (size_t i = 0; i < plan->selections.size(); ++i) {
      if (plan->selections[i].field == facet.field && !facet.request.conjunctive) facet.lifted = i;
    }
  }
  if (base.children.empty()) base.kind = Filter::Kind::kAll;
  plan->base = std::move(base);
}

absl::Status PlanFacets(const SearchRequest& request, SearchPlan* plan) {
  const Schema& schema = plan->snapshot->schema->schema();
  if (request.max_facet_values > limits::kFacetValuesMax) {
    return InvalidArgument("`max_facet_values` is {}: allowed are 0..{}", request.max_facet_values,
                           limits::kFacetValuesMax);
  }
  ASSIGN_OR_RETURN(std::vector<FacetRequest> facets, ParseFacets(request.facet_by, schema));
  for (FacetRequest& facet : facets) {
    facet.limit = request.max_facet_values;
    const size_t field = *schema.NumberOf(facet.field);
    plan->facets.push_back({std::move(facet), field, std::nullopt});
  }
  return absl::OkStatus();
}

// A facet value passes facet_query if its words begin with, or are, the words asked for, in any
// order.
absl::Status PlanFacetQuery(const SearchRequest& request, SearchPlan* plan) {
  if (request.facet_query.empty()) return absl::OkStatus();
  const IndexSchema& schema = *plan->snapshot->schema;
  ASSIGN_OR_RETURN(FacetQuery query, ParseFacetQuery(request.facet_query, schema.schema()));
  bool is_known = false;
  for (PlannedFacet& facet : plan->facets) {
    if (facet.request.field != query.field) continue;
    is_known = true;
    facet.request.accepts = LabelMatcher(query.text, schema.fields()[facet.field].locale);
  }
  if (!is_known) {
    return InvalidArgument("`facet_query` names the field `{}`, which is not in `facet_by`",
                           query.field);
  }
  plan->facet_query_text = std::move(query.text);
  plan->facet_query_field = std::move(query.field);
  return absl::OkStatus();
}

// What is highlighted are words of searched fields.
absl::Status CheckHighlights(const SearchRequest& request, const IndexSchema& schema) {
  std::vector<std::string> names = request.highlight_full_fields;
  if (request.highlight_fields) {
    names.insert(names.end(), request.highlight_fields->begin(), request.highlight_fields->end());
  }
  for (const std::string& name : names) {
    const auto number = schema.schema().NumberOf(name);
    if (number && schema.SearchBit(*number) >= 0) continue;
    return InvalidArgument("`highlight_fields` names `{}`: searched fields are {}", name,
                           fmt::join(SearchedFieldNames(schema), ", "));
  }
  return absl::OkStatus();
}

absl::Status PlanPage(const SearchRequest& request, SearchPlan* plan) {
  if (request.per_page > limits::kPerPageMax) {
    return InvalidArgument("`per_page` is {}: allowed are 0..{}", request.per_page,
                           limits::kPerPageMax);
  }
  if (request.page == 0) return InvalidArgument("`page` is 0: pages are counted from 1");
  plan->limit = request.per_page;
  const bool overflows = request.per_page > 0 && request.page - 1 > UINT64_MAX / request.per_page;
  plan->offset =
      request.offset.value_or(overflows ? UINT64_MAX : (request.page - 1) * request.per_page);
  return absl::OkStatus();
}

absl::Status PlanSort(const SearchRequest& request, SearchPlan* plan) {
  const Schema& schema = plan->snapshot->schema->schema();
  ASSIGN_OR_RETURN(plan->sort, ParseSort(request.sort_by, schema));
  const bool has_text = std::any_of(plan->sort.begin(), plan->sort.end(), [](const SortKey& key) {
    return key.kind == SortKey::Kind::kTextMatch;
  });
  if (!has_text && !plan->words.empty()) {
    SortKey text;
    text.kind = SortKey::Kind::kTextMatch;
    text.descending = true;
    plan->sort.push_back(text);
  }
  if (request.sort_by.empty() && !schema.default_sorting_field().empty()) {
    SortKey fallback;
    fallback.kind = SortKey::Kind::kField;
    fallback.field = *schema.NumberOf(schema.default_sorting_field());
    fallback.descending = true;
    plan->sort.push_back(fallback);
  }
  return absl::OkStatus();
}

// Without weights of the request: what stands earlier weighs more, 8, 4, 2, 1, 1, ... Long texts
// take no place in that order and weigh least: that a description has a word says little.
void WeighByPlaceAndLength(SearchPlan* plan) {
  constexpr double kLongWords = 30;  // in the mean of all documents
  double falling = 8;
  for (SearchedField& field : plan->fields) {
    uint64_t words = 0, documents = 0;
    for (const SegmentView& view : plan->snapshot->segments) {
      words += view.index().postings().patterns().Words(static_cast<size_t>(field.bit));
      documents += view.index().size();
    }
    if (static_cast<double>(words) > kLongWords * static_cast<double>(documents)) {
      field.weight = 1;
      continue;
    }
    field.weight = falling;
    falling = std::max(falling / 2, 1.0);
  }
}

const Analyzer& FirstAnalyzer(const SearchPlan& plan) {
  return *plan.snapshot->schema->analyzer(plan.fields.front().field);
}

// The columns of categories: hierarchies, and fields with such a name.
std::vector<size_t> KindFields(const Schema& schema) {
  constexpr std::array<std::string_view, 4> kNames = {"categor", "kategor", "department",
                                                      "product_type"};
  std::vector<size_t> fields;
  for (size_t i = 0; i < schema.fields().size(); ++i) {
    const Field& field = schema.fields()[i];
    if (!field.IsText() || !field.HasColumn()) continue;
    const auto is_named = [&](std::string_view name) {
      return field.name.find(name) != std::string::npos;
    };
    if (field.hierarchy || std::any_of(kNames.begin(), kNames.end(), is_named)) {
      fields.push_back(i);
    }
  }
  return fields;
}

void Demand(Filter filter, Filter* base) {
  if (base->kind == Filter::Kind::kAll) {
    *base = std::move(filter);
    return;
  }
  Filter all;
  all.kind = Filter::Kind::kAnd;
  all.children = {std::move(*base), std::move(filter)};
  *base = std::move(all);
}

Filter Not(Filter filter) {
  Filter others;
  others.kind = Filter::Kind::kNot;
  others.children.push_back(std::move(filter));
  return others;
}

// No hit has an excluded word, or a form of it, in a searched field.
void ExcludeWords(const SearchRequest& request, SearchPlan* plan) {
  Filter excluded;
  excluded.kind = Filter::Kind::kOr;
  const WordLookup lookup(*plan->snapshot, plan->fields, request.word_forms);
  for (const PlannedWord& word :
       lookup.Find(fmt::format("{}", fmt::join(plan->excluded, " ")), false)) {
    for (const SearchedField& field : plan->fields) {
      Filter words;
      words.kind = Filter::Kind::kWords;
      words.field = field.field;
      words.texts.push_back(word.word.surface);
      for (const WordAlternative& form : word.word.alternatives) {
        const bool counts = ((form.field_mask >> field.bit) & 1) != 0;
        if (counts && form.text != word.word.surface) words.texts.push_back(form.text);
      }
      excluded.children.push_back(std::move(words));
    }
  }
  if (!excluded.children.empty()) Demand(Not(std::move(excluded)), &plan->base);
}

// Every hit has the phrases, none has the excluded ones.
void DemandPhrases(SearchPlan* plan) {
  const IndexSchema& schema = *plan->snapshot->schema;
  for (PlannedPhrase& phrase : plan->phrases) {
    Filter filter = PhraseFilter(phrase.text, plan->fields, schema);
    if (filter.children.empty()) continue;
    phrase.is_loose = EstimateOnce(PrepareFilter(filter, *plan->snapshot), *plan->snapshot) >
                      limits::kPhraseTextsMax;
    if (phrase.is_loose) {
      for (Filter& child : filter.children) child.kind = Filter::Kind::kWords;
    }
    if (phrase.is_excluded) filter = Not(std::move(filter));
    Demand(filter, &plan->required);
    Demand(std::move(filter), &plan->base);
  }
}

// "B07CXG6C9W": words that no product has are no words if they are the id of one.
void FindById(std::string_view q, SearchPlan* plan) {
  const bool has_words =
      plan->words.empty() || std::any_of(plan->words.begin(), plan->words.end(),
                                         [](const auto& word) { return !word.terms.empty(); });
  if (has_words || !plan->phrases.empty()) return;
  std::string typed(q);
  absl::StripAsciiWhitespace(&typed);
  for (const std::string& id : {typed, absl::AsciiStrToUpper(typed)}) {
    for (const SegmentView& view : plan->snapshot->segments) {
      const auto doc = view.index().FindId(id);
      if (!doc || !view.live->Test(*doc)) continue;
      Filter filter;
      filter.kind = Filter::Kind::kIds;
      filter.texts.push_back(id);
      plan->words.clear();
      return Demand(std::move(filter), &plan->base);
    }
  }
}

// A phrase's words match and score as others do, but stand for nothing else by mistake.
void AddPhraseWords(const WordLookup& lookup, SearchPlan* plan) {
  for (const PlannedPhrase& phrase : plan->phrases) {
    if (phrase.is_excluded) continue;
    for (PlannedWord& word : lookup.Find(phrase.text, false)) {
      if (plan->words.size() >= limits::kQueryWordsMax) return;
      word.is_in_phrase = true;
      plan->words.push_back(std::move(word));
    }
  }
}

// A picture that no product has, nor its synonyms, says nothing beside other words.
void DropUnknownEmoji(bool has_phrases, SearchPlan* plan) {
  const auto is_unknown = [&](const PlannedWord& word) {
    if (!HasEmoji(word.word.surface)) return false;
    const WordCounts counts(*plan);
    return std::none_of(word.terms.begin(), word.terms.end(),
                        [&](const TermAlternative& term) { return counts.IsKnown(term.term); });
  };
  const bool are_all = std::all_of(plan->words.begin(), plan->words.end(), is_unknown);
  if (!are_all || has_phrases) std::erase_if(plan->words, is_unknown);
}

absl::Status PlanWords(const SearchRequest& request, SearchPlan* plan) {
  const IndexSchema& schema = *plan->snapshot->schema;
  if (request.q.size() > limits::kQueryBytesMax) {
    return InvalidArgument("`q` has {} bytes: allowed are {}", request.q.size(),
                           limits::kQueryBytesMax);
  }
  ASSIGN_OR_RETURN(plan->fields,
                   SelectSearchedFields(request.query_by, request.query_by_weights, schema));
  if (plan->fields.empty()) return absl::OkStatus();
  if (request.query_by_weights.empty()) WeighByPlaceAndLength(plan);
  QuerySyntax syntax = ReadSyntax(request.q, FirstAnalyzer(*plan).locale());
  ASSIGN_OR_RETURN(plan->stop_words, LeaveOutStopWords(request, plan->vocabulary.stop_words.get(),
                                                       FirstAnalyzer(*plan), &syntax));
  const WordLookup lookup(*plan->snapshot, plan->fields, request.word_forms);
  plan->words = lookup.Find(syntax.words, request.prefix);
  plan->excluded = std::move(syntax.excluded);
  for (PlannedWord& word : lookup.Find(syntax.without, false)) {
    plan->unwanted.without = std::move(word);
  }
  plan->unwanted.words = lookup.Find(syntax.unwanted, false);
  plan->reranks = request.rerank;
  plan->wanted_matches = request.drop_tokens_threshold;
  if (request.enable_synonyms && plan->vocabulary.synonyms != nullptr) {
    ExpandSynonyms(*plan->vocabulary.synonyms, request.synonym_sets, lookup, plan);
  }
  DropUnknownEmoji(!syntax.phrases.empty(), plan);
  ExpandCompounds(lookup, plan);
  CorrectWords({.typos_max = static_cast<int>(request.num_typos),
                .joins_words = request.split_join_tokens,
                .is_exhaustive = request.exhaustive_search},
               lookup, plan);
  for (std::string& text : syntax.phrases) plan->phrases.push_back({std::move(text)});
  for (std::string& text : syntax.excluded_phrases) {
    plan->phrases.push_back({.text = std::move(text), .is_excluded = true});
  }
  AddPhraseWords(lookup, plan);
  return absl::OkStatus();
}

void PlanRanking(const SearchRequest& request, SearchPlan* plan) {
  const Ranking* ranking = plan->snapshot->ranking.get();
  if (ranking == nullptr) return;
  plan->bm25 = {ranking->k1, ranking->b};
  if (request.sort_by.empty() && request.rerank) plan->criteria = ranking->criteria;
}

}  // namespace

bool SearchPlan::needs_scores() const { return wants_scores && !words.empty(); }

absl::StatusOr<std::vector<SearchedField>> SelectSearchedFields(
    const std::vector<std::string>& query_by, const std::vector<uint32_t>& weights,
    const IndexSchema& schema) {
  std::vector<SearchedField> fields;
  const std::vector<std::string> searched = SearchedFieldNames(schema);
  for (const std::string& name : query_by.empty() ? searched : query_by) {
    const auto number = schema.schema().NumberOf(name);
    if (!number || schema.SearchBit(*number) < 0) {
      return InvalidArgument("`query_by` names `{}`: searched fields are {}", name,
                             fmt::join(searched, ", "));
    }
    const bool is_known = std::any_of(fields.begin(), fields.end(),
                                      [&](const SearchedField& f) { return f.field == *number; });
    // What stands earlier weighs more: 8, 4, 2, 1, 1, ...
    const double falling = fields.size() < 3 ? 8 >> fields.size() : 1;
    if (!is_known) fields.push_back({*number, schema.SearchBit(*number), falling});
  }
  if (weights.empty()) return fields;
  if (weights.size() != query_by.size() || fields.size() != query_by.size()) {
    return InvalidArgument("`query_by_weights` has {} numbers for {} fields in `query_by`",
                           weights.size(), query_by.size());
  }
  for (size_t i = 0; i < fields.size(); ++i) fields[i].weight = weights[i];
  return fields;
}

absl::StatusOr<SearchPlan> PlanSearch(const SearchRequest& request,
                                      std::shared_ptr<const Snapshot> snapshot,
                                      Vocabulary vocabulary) {
  SearchPlan plan;
  plan.snapshot = std::move(snapshot);
  plan.vocabulary = std::move(vocabulary);
  Mistakes mistakes;
  mistakes.Add(PlanWords(request, &plan));
  mistakes.Add(CheckHighlights(request, *plan.snapshot->schema));
  mistakes.Add(PlanPage(request, &plan));
  mistakes.Add(PlanSort(request, &plan));
  mistakes.Add(PlanFacets(request, &plan));
  mistakes.Add(PlanFacetQuery(request, &plan));
  absl::StatusOr<Filter> filter = ParseFilter(request.filter_by, plan.snapshot->schema->schema());
  mistakes.Add(filter.status());
  RETURN_IF_ERROR(mistakes.ToStatus());
  PlanFilter(*std::move(filter), &plan);
  if (!plan.excluded.empty()) ExcludeWords(request, &plan);
  DemandPhrases(&plan);
  FindById(request.q, &plan);
  PlanRanking(request, &plan);
  if (plan.reranks) plan.kind_fields = KindFields(plan.snapshot->schema->schema());
  return plan;
}

}  // namespace aisle
