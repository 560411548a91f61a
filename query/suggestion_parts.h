// SPDX-License-Identifier: GPL-3.0-or-later
//
// SuggestionParts: all that an answer to a keystroke is made of but the documents of its products.
// It stays what it is as long as the same texts are there: a change of prices makes a new snapshot,
// and leaves words, categories and the order of the products alone. A cache of parts is asked with
// what they depend on, and never answers with others. Thread safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/lru_cache.h"
#include "indexer/snapshot.h"
#include "query/hit_order.h"
#include "query/search_plan.h"
#include "query/search_response.h"

namespace aisle {

struct SuggestionParts {
  uint64_t found = 0;
  std::vector<Completion> completions;
  std::vector<FacetCounts> facets;
  std::vector<Candidate> products;
};

class SuggestionCache {
 public:
  // 0 bytes: nothing is kept.
  explicit SuggestionCache(size_t bytes_max);

  // `request`: a key of all that is asked. nullptr if they are not there.
  std::shared_ptr<const SuggestionParts> Find(const std::string& request, const SearchPlan& plan);
  void Add(const std::string& request, const SearchPlan& plan, SuggestionParts parts);

 private:
  // The documents of which parts were made. Addresses alone may be those of others by now.
  struct Source {
    std::weak_ptr<const Segment> segment;
    std::weak_ptr<const DocSet> live;
  };
  struct Entry {
    std::weak_ptr<const IndexSchema> schema;
    std::vector<Source> sources;
    SuggestionParts parts;
  };
  static std::string KeyOf(const std::string& request, const SearchPlan& plan);

  LruCache<Entry> entries_;
};

// How suggestions are remembered; `cache` nullptr: not at all.
struct SuggestionMemory {
  SuggestionCache* cache = nullptr;
  std::string request;  // a key of all that is asked
};

}  // namespace aisle
