// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs a plan on Xapian's own matcher, reading nothing but the segments' databases: the oracle to
// which tests hold the memory executor. Same matches, same counts; same scores where every word has
// one alternative in each field and no document is dead (Xapian counts dead documents in its
// statistics). It knows no partial matches and no second phase: `wanted_matches` and `reranks` are
// ignored.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/status.h"
#include "query/search_plan.h"

namespace aisle {

struct XapianOutcome {
  struct Match {
    std::string id;
    double score = 0;
  };
  std::vector<Match> matches;  // all of them, by falling score
  // Products by value, by SearchPlan::facets, of all values, each facet's own selection lifted.
  std::vector<std::map<std::string, uint64_t>> counts;
};

// FailedPrecondition if a part of the snapshot is not on disk: flush first.
absl::StatusOr<XapianOutcome> ExecuteOnXapian(const SearchPlan& plan);

}  // namespace aisle
