// SPDX-License-Identifier: GPL-3.0-or-later
//
// The synonyms of the benchmark: words that stand for one another, in a file beside the queries
// with a pair on each line, separated by a tab. All engines get the same.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/status.h"

namespace aisle::bench {

using SynonymPair = std::pair<std::string, std::string>;

// `folder` is that of the queries.
absl::Status WriteSynonyms(const std::vector<SynonymPair>& pairs, const std::string& folder);
absl::StatusOr<std::vector<SynonymPair>> ReadSynonyms(const std::string& folder);

}  // namespace aisle::bench
