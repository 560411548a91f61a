// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/search_plan.h"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/ranges.h>

#include "core/limits.h"
#include "facets/hierarchy.h"
#include "query/facet_parser.h"
#include "query/filter_parser.h"
#include "query/label_matcher.h"

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

absl::Status PlanFacets(const SearchRequest& request, const Schema& schema, SearchPlan* plan) {
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
absl::Status PlanFacetQuery(const SearchRequest& request, const IndexSchema& schema,
                            SearchPlan* plan) {
  if (request.facet_query.empty()) return absl::OkStatus();
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

absl::Status PlanSort(const SearchRequest& request, const Schema& schema, SearchPlan* plan) {
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

void PlanRanking(const SearchRequest& request, SearchPlan* plan) {
  plan->reranks = request.rerank;
  if (plan->reranks) plan->kind_fields = KindFields(plan->snapshot->schema->schema());
  const Ranking* ranking = plan->snapshot->ranking.get();
  if (ranking == nullptr) return;
  plan->bm25 = {ranking->k1, ranking->b};
  if (request.sort_by.empty() && request.rerank) plan->criteria = ranking->criteria;
}

}  // namespace

bool SearchPlan::needs_scores() const { return wants_scores && !words.empty(); }

absl::StatusOr<SearchPlan> PlanSearch(const SearchRequest& request,
                                      std::shared_ptr<const Snapshot> snapshot,
                                      Vocabulary vocabulary) {
  const std::shared_ptr<const IndexSchema> schema = snapshot->schema;
  return PlanSearch(request, PlanWords(request, std::move(snapshot), std::move(vocabulary)),
                    *schema);
}

absl::StatusOr<SearchPlan> PlanSearch(const SearchRequest& request, absl::StatusOr<WordPlan> words,
                                      const IndexSchema& schema) {
  SearchPlan plan;
  Mistakes mistakes;
  mistakes.Add(words.status());
  if (words.ok()) static_cast<WordPlan&>(plan) = *std::move(words);
  mistakes.Add(CheckHighlights(request, schema));
  mistakes.Add(PlanPage(request, &plan));
  mistakes.Add(PlanSort(request, schema.schema(), &plan));
  mistakes.Add(PlanFacets(request, schema.schema(), &plan));
  mistakes.Add(PlanFacetQuery(request, schema, &plan));
  absl::StatusOr<Filter> filter = ParseFilter(request.filter_by, schema.schema());
  mistakes.Add(filter.status());
  RETURN_IF_ERROR(mistakes.ToStatus());
  PlanFilter(*std::move(filter), &plan);
  if (plan.demanded.kind != Filter::Kind::kAll) Demand(plan.demanded, &plan.base);
  PlanRanking(request, &plan);
  return plan;
}

}  // namespace aisle
