// SPDX-License-Identifier: GPL-3.0-or-later
//
// A facet of texts.
#pragma once

#include "facets/facet_collector.h"
#include "facets/ordinal_counts.h"

namespace aisle {

class OrdinalFacet : public FacetCollector {
 public:
  OrdinalFacet(FacetRequest request, const ValueDictionary& dictionary)
      : request_(std::move(request)), counts_(dictionary) {}

  void Collect(const AnyColumn& column, const Matches& matches) override {
    counts_.Add(column, matches);
  }
  FacetResult Finish() override;

 private:
  const FacetRequest request_;
  OrdinalCounts counts_;
};

}  // namespace aisle
