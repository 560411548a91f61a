// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/facet_highlighter.h"

namespace aisle {

FacetCounts HighlightFacet(FacetResult result, std::string_view text,
                           const HighlightOptions& options) {
  FacetCounts counts{.result = std::move(result), .highlighted = {}};
  counts.highlighted.reserve(counts.result.values.size());
  if (text.empty()) {
    for (const FacetValue& value : counts.result.values) counts.highlighted.push_back(value.value);
    return counts;
  }
  HighlightOptions whole = options;
  whole.full = true;
  std::vector<HighlightTerm> terms;
  const auto analyzer = Analyzer::Create({});
  std::vector<Token> tokens;
  if (analyzer.ok()) (*analyzer)->Analyze(text, &tokens);
  for (Token& token : tokens) terms.push_back({std::move(token.surface), true});
  for (const FacetValue& value : counts.result.values) {
    auto marked =
        terms.empty() ? std::nullopt : HighlightText(value.value, **analyzer, terms, whole);
    counts.highlighted.push_back(marked ? std::move(marked->text) : value.value);
  }
  return counts;
}

}  // namespace aisle
