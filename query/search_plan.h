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
#include "query/query_words.h"
#include "query/search_request.h"
#include "query/sort_parser.h"
#include "query/vocabulary.h"
#include "query/word_lookup.h"

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

// A word that was understood as others.
struct WordCorrection {
  std::string typed;
  std::vector<std::string> used;
};

// What a query does not want, without excluding it: "without lid".
struct UnwantedWords {
  PlannedWord without;  // the word "without" itself
  std::vector<PlannedWord> words;
};

struct PlannedPhrase {
  std::string text;
  bool is_excluded = false;
  bool is_loose = false;  // its words count, not their order: too many products have all of them
};

struct SearchPlan {
  std::shared_ptr<const Snapshot> snapshot;
  Vocabulary vocabulary;
  std::vector<SearchedField> fields;
  std::vector<PlannedWord> words;  // none: every document matches
  // Where fewer documents than this have all words, others that have part of them match too
  // (query/partial_match.h).
  uint64_t wanted_matches = 0;
  // If set, it finds the documents of the only word, which has no terms and is not scored.
  std::shared_ptr<Beginning> beginning;
  std::vector<WordCorrection> corrections;
  UnwantedWords unwanted;
  std::vector<std::string> excluded;    // by "-word"; they are part of `base`
  std::vector<std::string> stop_words;  // that were left out, normalised
  // In quotes (query/phrase.h); excluded ones too.
  std::vector<PlannedPhrase> phrases;
  // What the phrases demand: part of `base`, and of what the words alone say (partial matches).
  Filter required;
  // Whether the best hits are ordered anew, and the columns that say of what kind a product is
  // (query/second_phase.h).
  bool reranks = false;
  // Of the collection's ranking: by what the best hits are ordered; none: by their scores.
  std::vector<Ranking::Criterion> criteria;
  Bm25Parameters bm25;
  std::vector<size_t> kind_fields;
  Filter base;
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

// The fields `query_by` names (all searched ones if it is empty) with their weights.
absl::StatusOr<std::vector<SearchedField>> SelectSearchedFields(
    const std::vector<std::string>& query_by, const std::vector<uint32_t>& weights,
    const IndexSchema& schema);

}  // namespace aisle
