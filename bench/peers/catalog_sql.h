// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the SQL engines have in common: one statement for a whole request. The matches of the words
// are found once, with a flag for each selection; total, hits and facets read that list, and a
// refined facet leaves out its own flag. Nothing shorter is known to give disjunctive facets.
//
// Tables: facts(id, brand, category, category_top, color, sizes, rating, in_stock, price,
// popularity) with facets as numbers, documents(id, json), and whatever the words are found in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/harness/peer.h"
#include "bench/peers/value_numbers.h"

namespace aisle::bench {

struct SqlDialect {
  char parameter;          // before the number: '?' or '$'
  std::string from_words;  // tables with `facts f` and the condition, which uses parameter 1
  std::string order;       // smaller is better
};

// The parameters of a statement after the words, in their order: 2, 3, ...
using SqlNumbers = std::vector<int64_t>;

// Rows: (-1, 0, total, null), for each hit (-2, 0, 0, json), for each counted value of the i-th
// facet (i, value, count, null). Parameters: 1 words (absent without words), 2-3 brands, 4
// category, 5 color.
std::string SearchSql(const SqlDialect& dialect, const Work& work, const Query& query);
// Rows as above. Parameters: 2 brand or color, 3-4 price.
std::string ByPriceSql(const SqlDialect& dialect, const Query& query);
SqlNumbers NumbersOf(const Work& work, const Query& query, const Dimensions& dimensions);

// Makes an answer from the rows of a statement.
class SqlAnswer {
 public:
  explicit SqlAnswer(const Work& work) : work_(work) {}
  void Add(int64_t kind, int64_t value, int64_t count, uint64_t json_bytes);
  const Answer& answer() const { return answer_; }

 private:
  const Work& work_;
  Answer answer_;
  std::vector<std::pair<int64_t, int64_t>> values_;  // what a program would show
};

}  // namespace aisle::bench
