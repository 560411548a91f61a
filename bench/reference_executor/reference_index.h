// SPDX-License-Identifier: GPL-3.0-or-later
//
// ReferenceIndex: the yardstick of the benchmark, written to be read. Sorted arrays in memory: for
// each word the numbers of its products, for each facet the ordinals of its values by product. No
// SIMD, no bitmaps, no caches, no early stopping: what plain code does with the data, a search
// engine should not be slower than.
//
// Immutable after Read(): thread safe but for the scratch memory of Run(), which is one thread's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bench/harness/peer.h"
#include "bench/harness/product.h"
#include "bench/harness/query_set.h"

namespace aisle::bench {

// The products with a word, rising, and how often each has it (255: or more).
struct PostingList {
  std::vector<uint32_t> products;
  std::vector<uint8_t> frequencies;
};

// A field with few different values: those of product i are
// ordinals[begins[i]] .. ordinals[begins[i + 1] - 1].
struct FacetColumn {
  std::vector<std::string> values;  // by ordinal
  std::unordered_map<std::string, uint32_t> ordinal_of;
  std::vector<uint32_t> begins = {0};
  std::vector<uint32_t> ordinals;
  std::vector<std::vector<uint32_t>> products_of;  // by ordinal, rising

  void Append(const std::vector<std::string>& values_of_product);
  bool Has(uint32_t product, uint32_t ordinal) const;
};

struct FacetCount {
  std::string value;
  uint32_t count = 0;
  friend bool operator==(const FacetCount&, const FacetCount&) = default;
};

struct ReferenceAnswer {
  uint64_t matches = 0;
  std::vector<uint32_t> hits;                   // at most ten product numbers, best first
  std::vector<std::vector<FacetCount>> facets;  // in the order of Work::facets
  std::vector<std::string> completions;         // of kSuggest
};

class ReferenceIndex {
 public:
  static absl::StatusOr<ReferenceIndex> Read(const std::string& catalog);

  ReferenceAnswer Run(const Work& work, const Query& query) const;

  uint32_t size() const { return static_cast<uint32_t>(lines_.size()); }
  const std::string& line(uint32_t product) const { return lines_[product]; }
  // Products with this word; nullptr if there are none.
  const PostingList* Find(const std::string& word) const;
  // The products that match all words of `words`, rising; all products if there are none.
  std::vector<uint32_t> Match(std::string_view words) const;
  const FacetColumn& facet(std::string_view name) const;
  const std::vector<std::string>& vocabulary() const { return vocabulary_; }  // sorted

 private:
  struct Selections;

  void Append(const Product& product, std::string_view line);
  void SortVocabulary();
  Selections SelectionsOf(const Query& query) const;
  ReferenceAnswer Search(const Work& work, const Query& query) const;
  ReferenceAnswer ByPrice(const Query& query) const;
  ReferenceAnswer Suggest(const Query& query) const;
  ReferenceAnswer Typo(const Query& query) const;
  std::vector<uint32_t> TopByScore(const std::vector<std::string>& words,
                                   const std::vector<uint32_t>& matches) const;

  std::vector<std::string> lines_;  // the stored documents
  std::unordered_map<std::string, PostingList> postings_;
  std::vector<std::string> vocabulary_;
  std::vector<uint32_t> lengths_;  // words of each product
  uint64_t total_length_ = 0;
  std::vector<int64_t> prices_;
  std::vector<int64_t> popularities_;
  std::unordered_map<std::string, FacetColumn> facets_;
};

// True if one insertion, deletion, replacement or swap of neighbours at most leads from a to b.
bool WithinOneEdit(std::string_view a, std::string_view b);

}  // namespace aisle::bench
