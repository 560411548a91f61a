// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/facet_counting.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <variant>

#include "facets/facet_collector.h"

namespace aisle {
namespace {

// So many codes are read in the time in which a count that is known is added for one code.
constexpr uint64_t kCodesPerCount = 2;

// The counts that the segment keeps of a beginning, where all that has it matches; nullptr: none,
// or reading the column costs less.
std::shared_ptr<const Beginning::CodeCounts> CountsOfBeginning(const SearchPlan& plan,
                                                               const SegmentSearch& segment,
                                                               size_t field) {
  const bool is_filtered = plan.base.kind != Filter::Kind::kAll || !plan.selections.empty();
  if (plan.beginning == nullptr || is_filtered) return nullptr;
  const SegmentView& view = segment.view();
  const AnyColumn& column = view.ColumnOf(field);
  const auto* ordinals = std::get_if<OrdinalColumn>(&column);
  if (ordinals == nullptr || &column != &view.index().ColumnOf(field)) return nullptr;
  const uint64_t dead = view.index().size() - view.live_count;
  const uint64_t counts = ordinals->code_count() + dead;
  if (segment.matches().Count() < counts * kCodesPerCount) return nullptr;
  return plan.beginning->CountCodes(view, field);
}

// What is known of a segment's matches in the columns of those facets that are counted over all of
// them: from a beginning, or from rows.
class KnownTallies {
 public:
  KnownTallies(const SearchPlan& plan, const SegmentSearch& segment) : matches_(segment.matches()) {
    const CodeRows& rows = segment.view().index().rows();
    std::vector<size_t> of_all;
    for (const PlannedFacet& facet : plan.facets) {
      if (&segment.MatchesWithout(facet.lifted) != &matches_) continue;
      if (auto counts = CountsOfBeginning(plan, segment, facet.field)) {
        of_beginning_.emplace_back(facet.field, std::move(counts));
      } else {
        of_all.push_back(facet.field);
      }
    }
    fields_ = rows.Worthwhile(matches_, of_all);
    if (rows.AreMany(matches_.Count(), fields_)) {
      counts_ = rows.Count(matches_, fields_);
    } else {
      codes_ = rows.Gather(matches_, fields_);
    }
  }

  // Empty if the column is to be read.
  CodeTally Of(size_t field, const Matches& matches) const {
    for (const auto& [known, counts] : of_beginning_) {
      if (known == field && &matches == &matches_) return {.codes = {}, .counts = *counts};
    }
    const auto it = std::find(fields_.begin(), fields_.end(), field);
    if (it == fields_.end() || &matches != &matches_) return {};
    const auto place = static_cast<size_t>(it - fields_.begin());
    if (!counts_.empty()) return {.counts = counts_[place].span()};
    return {.codes = std::span(codes_).subspan(place * matches_.Count(), matches_.Count())};
  }

 private:
  const Matches& matches_;
  std::vector<std::pair<size_t, std::shared_ptr<const Beginning::CodeCounts>>> of_beginning_;
  std::vector<size_t> fields_;    // of rows
  std::vector<Counters> counts_;  // of each field, or none
  std::vector<uint16_t> codes_;   // of one field after the other, or none
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
    const KnownTallies tallies(plan, segment);
    for (size_t i = 0; i < collectors.size(); ++i) {
      const PlannedFacet& facet = plan.facets[i];
      const Matches& matches = segment.MatchesWithout(facet.lifted);
      collectors[i]->Collect(segment.view().ColumnOf(facet.field), matches,
                             tallies.Of(facet.field, matches));
    }
  }
  std::vector<FacetResult> results;
  for (const auto& collector : collectors) results.push_back(collector->Finish());
  return results;
}

}  // namespace aisle
