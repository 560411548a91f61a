// SPDX-License-Identifier: GPL-3.0-or-later
//
// The questions of the benchmark: works (what is asked for) and queries (about what). All engines
// get the same queries in the same order.
//
// A query set is a file of tab-separated lines; empty columns are allowed at the end:
//   words  brand|brand  category  color  price_from  price_to  expected
// `category` is a top-level one, prices are in cents, `expected` are the words meant
// by what is mistyped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/status.h"

namespace aisle::bench {

struct Query {
  std::string words;  // separated by blanks, all have to match; empty: every product matches
  std::vector<std::string> brands;                         // one of these; empty: any
  std::string category_top;                                // empty: any
  std::string color;                                       // empty: any
  std::optional<std::pair<int64_t, int64_t>> price_cents;  // both included
  std::string expected;

  std::string ToLine() const;
  static absl::StatusOr<Query> FromLine(std::string_view line);

  friend bool operator==(const Query&, const Query&) = default;
};

enum class WorkKind {
  kSearch,           // hits by relevance, and facets
  kByPrice,          // hits by ascending price
  kSuggest,          // `words` is what has been typed
  kSuggestUncached,  // the same, no answer taken from a cache of answers
  kTolerant,         // kSearch where words may be mistyped or have synonyms
  kForgiving,        // kSearch as a shop asks it: words may be mistyped, begun or missing
  kTypo,             // `words` is one word; the words within one edit match too
};

struct Work {
  std::string_view name;
  WorkKind kind = WorkKind::kSearch;
  std::string_view file;  // below the folder of the queries
  // Ten values with counts of each. Those that the query selects are disjunctive: each is counted
  // with its own selection lifted.
  std::vector<std::string_view> facets;
  bool refined = false;      // false: the query without its selections
  bool meant = false;        // true: the query as it was meant, where it is mistyped
  uint32_t repetitions = 1;  // the queries are asked that often in a pass
};

// In the order in which they are run.
const std::vector<Work>& AllWorks();

absl::StatusOr<std::vector<Query>> ReadQueries(const std::string& path);
// The queries of a work: those of its file, without selections if it is unrefined, repeated.
absl::StatusOr<std::vector<Query>> QueriesOf(const Work& work, const std::string& folder);
std::vector<std::string> SplitWords(std::string_view words);

}  // namespace aisle::bench
