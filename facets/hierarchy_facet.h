// SPDX-License-Identifier: GPL-3.0-or-later
//
// A facet of paths. It lists the top level and, below each node that is selected or leads to a
// selected one, its children; a facet search lists the nodes of all levels, flat.
#pragma once

#include <string>
#include <vector>

#include "facets/facet_collector.h"
#include "facets/ordinal_counts.h"

namespace aisle {

class HierarchyFacet : public FacetCollector {
 public:
  HierarchyFacet(FacetRequest request, const ValueDictionary& dictionary);

  void Collect(const AnyColumn& column, const Matches& matches, const CodeTally& tally) override {
    counts_.Add(column, matches, tally);
  }
  FacetResult Finish() override;

 private:
  class Tree;

  void ListMatching(FacetResult* result) const;
  void ListTree(FacetResult* result) const;
  FacetValue ValueOf(std::string_view path, uint64_t count) const;

  const FacetRequest request_;     // its selected paths are in normal form, sorted
  std::vector<std::string> open_;  // selected paths and all above them, sorted
  OrdinalCounts counts_;
};

}  // namespace aisle
