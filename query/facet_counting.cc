// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/facet_counting.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>

#include "facets/facet_collector.h"

namespace aisle {
namespace {

// The codes of a segment's matches in the columns of those facets that are counted over all of
// them.
class MatchCodes {
 public:
  MatchCodes(const SearchPlan& plan, const SegmentSearch& segment) : matches_(segment.matches()) {
    const CodeRows& rows = segment.view().index().rows();
    std::vector<size_t> of_all;
    for (const PlannedFacet& facet : plan.facets) {
      if (&segment.MatchesWithout(facet.lifted) == &matches_) of_all.push_back(facet.field);
    }
    fields_ = rows.Worthwhile(matches_, of_all);
    codes_ = rows.Gather(matches_, fields_);
  }

  // Empty if they are to be read from the column.
  std::span<const uint16_t> Of(size_t field, const Matches& matches) const {
    const auto it = std::find(fields_.begin(), fields_.end(), field);
    if (it == fields_.end() || &matches != &matches_) return {};
    const auto place = static_cast<size_t>(it - fields_.begin());
    return std::span(codes_).subspan(place * matches_.Count(), matches_.Count());
  }

 private:
  const Matches& matches_;
  std::vector<size_t> fields_;
  std::vector<uint16_t> codes_;  // of one field after the other
};

}  // namespace

absl::StatusOr<std::vector<FacetResult>> CountFacets(const SearchPlan& plan,
                                                     const std::vector<SegmentSearch>& segments) {
  std::vector<std::unique_ptr<FacetCollector>> collectors;
  for (const PlannedFacet& facet : plan.facets) {
    const Field& field = plan.snapshot->schema->fields()[facet.field];
    const ValueDictionary* values =
        field.IsText() ? &plan.snapshot->dictionaries->values(facet.field) : nullptr;
    ASSIGN_OR_RETURN(collectors.emplace_back(),
                     FacetCollector::Create(facet.request, field, values));
  }
  for (const SegmentSearch& segment : segments) {
    const MatchCodes codes(plan, segment);
    for (size_t i = 0; i < collectors.size(); ++i) {
      const PlannedFacet& facet = plan.facets[i];
      const Matches& matches = segment.MatchesWithout(facet.lifted);
      collectors[i]->Collect(segment.view().ColumnOf(facet.field), matches,
                             codes.Of(facet.field, matches));
    }
  }
  std::vector<FacetResult> results;
  for (const auto& collector : collectors) results.push_back(collector->Finish());
  return results;
}

}  // namespace aisle
