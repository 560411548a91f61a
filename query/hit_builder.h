// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a place in a snapshot to a hit: the stored document, its selected fields, highlights.
#pragma once

#include <string>
#include <vector>

#include "core/status.h"
#include "query/field_selection.h"
#include "query/highlighter.h"
#include "query/hit_order.h"
#include "query/search_plan.h"
#include "query/search_response.h"

namespace aisle {

struct HitOptions {
  std::vector<std::string> include_fields;
  std::vector<std::string> exclude_fields;
  std::vector<std::string> highlight_fields;
  std::vector<std::string> highlight_full_fields;
  HighlightOptions highlight;
};

// Not thread safe: one for each request. The plan must outlive it.
class HitBuilder {
 public:
  HitBuilder(const SearchPlan& plan, HitOptions options);

  // These will be built: their documents are called from memory.
  void Expect(std::span<const Candidate> candidates) const;
  absl::StatusOr<Hit> Build(const Candidate& candidate) const;

 private:
  std::optional<Highlight> HighlightField(const std::string& field, const Json& document) const;

  const SearchPlan& plan_;
  const HitOptions options_;
  const FieldSelection selection_;
  std::vector<HighlightTerm> terms_;
};

// The words of a query, as the highlighter looks for them.
std::vector<HighlightTerm> HighlightTerms(const std::vector<PlannedWord>& words);

}  // namespace aisle
