// SPDX-License-Identifier: GPL-3.0-or-later
//
// PreparedFilter: a Filter with its texts looked up in the collection's dictionaries, once for a
// request; query/segment_filter.h evaluates it on each segment. Immutable; the Filter must outlive
// it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/snapshot.h"
#include "query/filter.h"
#include "query/query_words.h"

namespace aisle {

struct PreparedFilter {
  const Filter* filter = nullptr;
  std::string key;  // of the whole filter: an equal one has the same; empty for its parts
  std::vector<PreparedFilter> children;
  std::vector<uint32_t> ordinals;  // kTerms: of the values there are, each once
  // kWords, kPhrase: for each text its words, for each word the terms that it may be.
  std::vector<std::vector<std::vector<TermAlternative>>> words;
};

// `filter`: a whole one.
PreparedFilter PrepareFilter(const Filter& filter, const Snapshot& snapshot);

}  // namespace aisle
