// SPDX-License-Identifier: GPL-3.0-or-later
//
// A facet of texts.
#pragma once

#include "facets/facet_collector.h"
#include "facets/ordinal_counts.h"
#include "facets/ordinal_key.h"
#include "facets/top_values.h"

namespace aisle {

class OrdinalFacet : public FacetCollector {
 public:
  OrdinalFacet(FacetRequest request, const ValueDictionary& dictionary)
      : request_(std::move(request)), counts_(dictionary) {}

  void Collect(const AnyColumn& column, const Matches& matches, const CodeTally& tally) override {
    counts_.Add(column, matches, tally);
  }
  FacetResult Finish() override;

 private:
  // Offers what the request accepts.
  void OfferMatching(const OrdinalKeys& keys, TopValues<OrdinalKey>* top,
                     FacetResult* result) const;

  const FacetRequest request_;
  OrdinalCounts counts_;
};

}  // namespace aisle
