// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a search asks, as the caller wrote it: plain values, checked all at once when the search is
// parsed (query/search_plan.h). Names and meaning of the members are those of the HTTP parameters
// in docs/api.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aisle {

struct SearchRequest {
  std::string q = "*";
  std::vector<std::string> query_by;       // empty: every searched field of the schema
  std::vector<uint32_t> query_by_weights;  // empty: falling with the order of query_by
  bool prefix = true;                      // the last word may be unfinished
  uint32_t num_typos = 2;                  // that a word which no product has may contain
  bool exhaustive_search = false;          // every word stands for all within as many edits
  bool split_join_tokens = true;           // two words may be one, one two
  bool word_forms = true;                  // "shoes" finds "shoe" in fields that do not stem
  uint32_t drop_tokens_threshold = 300;    // with fewer matches words may be missing; 0: never
  bool enable_synonyms = true;
  std::vector<std::string> synonym_sets;  // that count; empty: all
  std::string stop_words;                 // the set of words that do not count; empty: none
  bool rerank = true;                     // the best hits are ordered anew (query/second_phase.h)
  std::string filter_by;
  std::string sort_by;
  std::string facet_by;
  std::string facet_query;  // "brand:ni": only values that contain these words
  uint32_t max_facet_values = 10;
  uint64_t page = 1;
  uint64_t per_page = 10;
  std::optional<uint64_t> offset;           // instead of page
  std::vector<std::string> include_fields;  // empty: all
  std::vector<std::string> exclude_fields;
  std::optional<std::vector<std::string>> highlight_fields;  // nullopt: query_by
  std::vector<std::string> highlight_full_fields;
  std::string highlight_start_tag = "<mark>";
  std::string highlight_end_tag = "</mark>";
  uint32_t highlight_affix_num_tokens = 4;
  uint32_t snippet_threshold = 30;
  bool explain = false;    // each hit says why it is where it is
  bool use_cache = false;  // the same search on the same documents is answered from memory
};

struct SuggestRequest {
  std::string q;
  std::vector<std::string> query_by;  // empty: every searched field
  std::string filter_by;
  std::optional<std::vector<std::string>> facet_by;  // nullopt: hierarchies and `brand`
  uint32_t limit = 6;
  uint32_t products = 4;
  std::vector<std::string> include_fields;
  std::vector<std::string> exclude_fields;
  std::string highlight_start_tag = "<mark>";
  std::string highlight_end_tag = "</mark>";
  std::optional<bool> use_cache;  // nullopt: for up to 3 letters
};

}  // namespace aisle
