// SPDX-License-Identifier: GPL-3.0-or-later
//
// A facet of numbers or booleans: values or ranges, statistics and a histogram, in passes over the
// columns.
#pragma once

#include <vector>

#include "facets/facet_collector.h"

namespace aisle {

// Number is int64_t (integers, booleans) or double: what the field's column holds.
template <typename Number>
class NumericFacet : public FacetCollector {
 public:
  NumericFacet(FacetRequest request, const Field& field)
      : request_(std::move(request)), type_(field.type) {}

  void Collect(const AnyColumn& column, const Matches& matches, const CodeTally& tally) override;
  FacetResult Finish() override;

 private:
  // A segment's matches.
  struct Part {
    const NumberColumn<Number>* column;
    const Matches* matches;
  };
  // visit(Number) for each value of a match.
  template <typename Visit>
  void ForEachValue(const Visit& visit) const;

  void CountValues(FacetResult* result) const;
  void CountRanges(FacetResult* result) const;
  void Measure(FacetResult* result) const;
  void CountBuckets(FacetResult* result) const;

  const FacetRequest request_;
  const FieldType type_;
  std::vector<Part> parts_;
};

extern template class NumericFacet<int64_t>;
extern template class NumericFacet<double>;

}  // namespace aisle
