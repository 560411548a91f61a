// SPDX-License-Identifier: GPL-3.0-or-later
//
// WordPlan: what the words of a query mean on one snapshot: the part of a search's plan
// (query/search_plan.h) that `q` and its options say, and filters, facets, order and page do not.
// Searches that say the same words have the same one. A plain value.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/status.h"
#include "indexer/snapshot.h"
#include "query/filter.h"
#include "query/query_words.h"
#include "query/search_request.h"
#include "query/vocabulary.h"
#include "query/word_lookup.h"

namespace aisle {

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

struct WordPlan {
  std::shared_ptr<const Snapshot> snapshot;
  Vocabulary vocabulary;
  std::vector<SearchedField> fields;
  std::vector<PlannedWord> words;  // none: every document matches
  // Where fewer documents than this have all words, others that have part of them match too
  // (query/partial_match.h).
  uint64_t wanted_matches = 0;
  std::vector<WordCorrection> corrections;
  UnwantedWords unwanted;
  std::vector<std::string> excluded;    // by "-word"
  std::vector<std::string> stop_words;  // that were left out, normalised
  // In quotes (query/phrase.h); excluded ones too.
  std::vector<PlannedPhrase> phrases;
  // What the phrases demand, of partial matches too.
  Filter required;
  // All that `q` demands beside its words: `required`, no excluded word, or one id.
  Filter demanded;
};

// Whether two requests say the same words, so that one plan holds for both.
bool SayTheSame(const SearchRequest& a, const SearchRequest& b);

// InvalidArgument if `q` or an option that is about words is wrong.
absl::StatusOr<WordPlan> PlanWords(const SearchRequest& request,
                                   std::shared_ptr<const Snapshot> snapshot, Vocabulary vocabulary);

// The fields `query_by` names (all searched ones if it is empty) with their weights.
absl::StatusOr<std::vector<SearchedField>> SelectSearchedFields(
    const std::vector<std::string>& query_by, const std::vector<uint32_t>& weights,
    const IndexSchema& schema);
// The names of all searched fields of the schema.
std::vector<std::string> SearchedFieldNames(const IndexSchema& schema);

// Narrows `filter` to what `also` accepts too.
void Demand(Filter also, Filter* filter);

}  // namespace aisle
