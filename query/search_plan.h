// SPDX-License-Identifier: GPL-3.0-or-later
//
// SearchPlan: a search with all decisions made, run by either executor (query/segment_search.h on
// memory indexes, query/xapian_executor.h on Xapian).
//
//   matches  = words AND base filter AND every selection
//   facet f  = words AND base filter AND every selection but f's own     (drill sideways)
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ranking.h"
#include "facets/facet_request.h"
#include "indexer/snapshot.h"
#include "query/beginning.h"
#include "query/bm25.h"
#include "query/field_selection.h"
#include "query/filter.h"
#include "query/search_request.h"
#include "query/sort_parser.h"
#include "query/vocabulary.h"
#include "query/word_plan.h"

namespace aisle {

// The parts of the filter that choose values of one facet field.
struct FacetSelection {
  size_t field = 0;
  Filter filter;
};

struct PlannedFacet {
  FacetRequest request;
  size_t field = 0;
  // Place in SearchPlan::selections of the selection that is lifted for this facet; nullopt: none.
  std::optional<size_t> lifted;
};

struct SearchPlan : WordPlan {
  // If set, it finds the documents of the only word, which has no terms and is not scored.
  std::shared_ptr<Beginning> beginning;
  // Whether the best hits are ordered anew, and the columns that say of what kind a product is
  // (query/second_phase.h).
  bool reranks = false;
  // Of the collection's ranking: by what the best hits are ordered; none: by their scores.
  std::vector<Ranking::Criterion> criteria;
  Bm25Parameters bm25;
  std::vector<size_t> kind_fields;
  Filter base;  // what the words demand is part of it
  std::vector<FacetSelection> selections;
  std::vector<PlannedFacet> facets;
  std::vector<SortKey> sort;  // complete: a text match key and the default field are in it
  uint64_t offset = 0;
  uint64_t limit = 0;
  std::string facet_query_text;  // marked in the values of the facet that facet_query names
  std::string facet_query_field;

  bool wants_scores = true;  // false: the order does not look at the text match
  bool needs_scores() const;
};

// Parses and plans; the error lists every mistake of the request.
absl::StatusOr<SearchPlan> PlanSearch(const SearchRequest& request,
                                      std::shared_ptr<const Snapshot> snapshot,
                                      Vocabulary vocabulary = {});
// The same for words that are planned, or wrong, already.
absl::StatusOr<SearchPlan> PlanSearch(const SearchRequest& request, absl::StatusOr<WordPlan> words,
                                      const IndexSchema& schema);

}  // namespace aisle
