// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random catalogs, histories of changes, and searches, small enough for a naive scan and crowded
// enough that words, values and ids collide.
#pragma once

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/schema.h"
#include "query/search_request.h"

namespace aisle {

using Random = std::mt19937;

// 0..bound-1.
inline size_t Below(Random& random, size_t bound) { return random() % bound; }

Schema LawSchema();

// A document with this id; optional fields may be missing, several values may repeat.
Json RandomDocument(Random& random, const std::string& id);

// A filter as text and as what it means.
struct RandomFilter {
  std::string text;
  std::function<bool(const Json& document)> accepts;
  std::string selects = {};  // the field, if it is a positive choice of values of one field
  std::string negates = {};  // the field, if it is NOT such a choice; NOT of it is one
  std::vector<RandomFilter> conjuncts = {};  // of an AND
};
RandomFilter RandomFilterPart(Random& random);
// A tree of AND, OR and NOT over parts.
RandomFilter RandomFilterTree(Random& random, int depth);

// A search whose filter is the conjunction of `parts`.
struct RandomSearch {
  SearchRequest request;  // filter_by not filled
  std::vector<RandomFilter> parts;

  SearchRequest WithFilter() const;
};
RandomSearch MakeRandomSearch(Random& random);

// "a && b", empty for none.
std::string Conjunction(const std::vector<RandomFilter>& parts);

}  // namespace aisle
