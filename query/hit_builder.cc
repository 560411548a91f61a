// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/hit_builder.h"

#include <algorithm>

namespace aisle {

std::vector<HighlightTerm> HighlightTerms(const std::vector<PlannedWord>& words) {
  std::vector<HighlightTerm> terms;
  for (const PlannedWord& word : words) {
    for (const WordAlternative& alternative : word.word.alternatives) {
      terms.push_back({alternative.text, alternative.prefix});
    }
  }
  return terms;
}

HitBuilder::HitBuilder(const SearchPlan& plan, HitOptions options)
    : plan_(plan),
      options_(std::move(options)),
      selection_(options_.include_fields, options_.exclude_fields),
      terms_(HighlightTerms(plan.words)) {}

std::optional<Highlight> HitBuilder::HighlightField(const std::string& field,
                                                    const Json& document) const {
  const IndexSchema& schema = *plan_.snapshot->schema;
  const auto number = schema.schema().NumberOf(field);
  if (!number || schema.analyzer(*number) == nullptr) return std::nullopt;
  const Analyzer& analyzer = *schema.analyzer(*number);
  HighlightOptions options = options_.highlight;
  HighlightOptions full = options;
  full.full = true;
  const auto& wanted = options_.highlight_full_fields;
  const bool wants_full = std::find(wanted.begin(), wanted.end(), field) != wanted.end();
  Highlight highlight;
  highlight.field = field;
  uint32_t index = 0;
  const auto visit = [&](const Json& value) {
    if (value.is_string()) {
      if (auto marked = HighlightText(value.as_string(), analyzer, terms_, options)) {
        highlight.snippets.push_back(std::move(marked->text));
        highlight.indices.push_back(index);
        for (std::string& token : marked->matched_tokens) {
          highlight.matched_tokens.push_back(std::move(token));
        }
        if (wants_full) {
          highlight.values.push_back(
              HighlightText(value.as_string(), analyzer, terms_, full)->text);
        }
      }
    }
    ++index;
  };
  VisitPath(document, field, [&](const Json& value) {
    if (!value.is_array()) return visit(value);
    for (const Json& element : value.as_array()) visit(element);
  });
  if (highlight.snippets.empty()) return std::nullopt;
  if (!schema.fields()[*number].is_array) highlight.indices.clear();
  return highlight;
}

void HitBuilder::Expect(std::span<const Candidate> candidates) const {
  std::vector<DocId> docs;
  for (uint32_t segment = 0; segment < plan_.snapshot->segments.size(); ++segment) {
    docs.clear();
    for (const Candidate& candidate : candidates) {
      if (candidate.segment == segment) docs.push_back(candidate.doc);
    }
    if (!docs.empty()) plan_.snapshot->segments[segment].segment->documents->Expect(docs);
  }
}

absl::StatusOr<Hit> HitBuilder::Build(const Candidate& candidate) const {
  const SegmentView& view = plan_.snapshot->segments[candidate.segment];
  Hit hit;
  hit.score = candidate.score;
  ASSIGN_OR_RETURN(hit.document, view.Document(candidate.doc));
  HitOrder order(plan_);
  for (const SortKey& key : plan_.sort) {
    if (key.kind != SortKey::Kind::kGeoDistance) continue;
    hit.geo_distances.emplace_back(plan_.snapshot->schema->fields()[key.field].name,
                                   order.Distance(key, candidate));
  }
  const bool highlights = !terms_.empty() && !options_.highlight_fields.empty();
  if (!highlights && selection_.keeps_all()) return hit;
  ASSIGN_OR_RETURN(Json document, ParseJson(hit.document));
  if (highlights) {
    for (const std::string& field : options_.highlight_fields) {
      if (auto highlight = HighlightField(field, document)) {
        hit.highlights.push_back(*std::move(highlight));
      }
    }
  }
  if (!selection_.keeps_all()) hit.document = selection_.Apply(document);
  return hit;
}

}  // namespace aisle
