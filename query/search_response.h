// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a search answers: plain values, written as JSON by server/search_codec.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "facets/facet_result.h"
#include "query/hit_explanation.h"

namespace aisle {

struct Highlight {
  std::string field;
  // One for a single-valued field; for an array one for each element that matched, with its index.
  std::vector<std::string> snippets;
  std::vector<uint32_t> indices;  // empty for a single-valued field
  std::vector<std::string>
      values;  // whole values with marks, for highlight_full_fields; else empty
  std::vector<std::string> matched_tokens;
};

struct Hit {
  std::string document;  // JSON text, fields as selected
  std::vector<Highlight> highlights;
  double score = 0;
  // Distance in metres for each geo sort key: (field, metres).
  std::vector<std::pair<std::string, double>> geo_distances;
  std::optional<HitExplanation> explanation;  // if it was asked for
};

// A facet value with the part that matched facet_query marked.
struct FacetCounts {
  FacetResult result;
  std::vector<std::string> highlighted;  // by value
};

// How the words of the query were understood.
struct QueryUnderstanding {
  struct Correction {
    std::string typed;
    std::vector<std::string> used;  // the likeliest first; two words are written with a space
  };
  std::vector<Correction> corrections;
  std::string corrected_query;       // the words with their likeliest corrections; if there are any
  std::vector<std::string> dropped;  // words that hits may lack, since too few have all
  std::vector<std::string> excluded;    // by "-word"
  std::vector<std::string> stop_words;  // that were left out
  // Phrases whose words count, not their order.
  std::vector<std::string> loose_phrases;

  bool is_plain() const {
    return corrections.empty() && dropped.empty() && excluded.empty() && stop_words.empty() &&
           loose_phrases.empty();
  }
};

struct SearchResponse {
  std::vector<Hit> hits;
  std::vector<FacetCounts> facets;  // in the order of facet_by
  uint64_t found = 0;
  uint64_t out_of = 0;
  uint64_t page = 1;
  uint64_t per_page = 10;
  QueryUnderstanding understanding;
  bool search_cutoff = false;
};

struct Completion {
  std::string text;
  std::string highlighted;
  uint64_t count = 0;
};

struct SuggestResponse {
  std::vector<Completion> completions;
  std::vector<FacetCounts> facets;
  std::vector<Hit> products;
  uint64_t found = 0;
};

}  // namespace aisle
