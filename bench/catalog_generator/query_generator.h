// SPDX-License-Identifier: GPL-3.0-or-later
//
// QueryGenerator: draws the fixed query sets from a catalog, so that they are about what is in it.
// The same catalog and seed give the same queries.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/catalog_generator/random.h"
#include "bench/harness/query_set.h"
#include "bench/harness/synonym_pairs.h"
#include "bench/reference_executor/reference_index.h"
#include "core/status.h"

namespace aisle::bench {

class QueryGenerator {
 public:
  // `index` outlives the generator.
  QueryGenerator(const ReferenceIndex& index, uint64_t seed) : index_(index), random_(seed) {}

  // 1-4 words that stand in one product, as people type what they know of it: more of the frequent
  // words, the more words there are.
  Query Text();
  // One that finds much, with two brands, a category and a color of the ten that are shown of each.
  Query Refined();
  // A brand or a color, and a price range around a price of such a product.
  Query Filter();
  // The first 1-3 letters of a word of a title.
  Query Prefix();
  // A word with one mistake; the result is no word of the catalog.
  Query Typo();
  // A text query, one word of which has a mistake and is no word of the catalog.
  Query Mistyped();

  // Pairs of words of titles, each word once: most are frequent ones.
  std::vector<SynonymPair> Synonyms();

  // Writes the files of AllWorks() and the synonyms to `folder`, which exists.
  absl::Status WriteAll(const std::string& folder);

 private:
  Product RandomProduct();
  Query DrawText();
  std::string Misspelt(std::string word);

  const ReferenceIndex& index_;
  Random random_;
};

}  // namespace aisle::bench
