// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random documents with values of each kind, as plain values, and their way through a collector.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "facets/facet_collector.h"

namespace aisle {

using Random = std::mt19937;

struct FacetDocument {
  bool matches = false;
  std::vector<std::string> texts;  // each once
  std::vector<std::string> paths;  // each once, with their ancestors
  std::vector<int64_t> integers;
  std::vector<double> floats;
};

// A document has none, one or several values of a kind; numbers may come twice.
std::vector<FacetDocument> RandomDocuments(Random& random, size_t count);

// Ends of consecutive segments, the last is `count`. Some are empty.
std::vector<size_t> RandomSegments(Random& random, size_t count);

// Limits, orders, ranges, histograms and selections at random, of what `field` can be asked.
FacetRequest RandomRequest(Random& random, const Field& field);

// "text", "path", "integer", "flag" and "float": one of each kind. The flags are `integers` that
// are odd.
const std::vector<Field>& FacetFields();

// What the collector answers for the documents, cut into segments. A segment without a value has
// no column.
FacetResult CountFacet(const FacetRequest& request, const Field& field,
                       const std::vector<FacetDocument>& documents,
                       const std::vector<size_t>& segments);

// One line for each value, and the rest of the result: to compare and to print.
std::vector<std::string> LinesOf(const FacetResult& result);

std::string Describe(const FacetRequest& request);

}  // namespace aisle
