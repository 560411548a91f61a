// SPDX-License-Identifier: GPL-3.0-or-later
//
// Partial matches: where too few documents have all words of a query, those that have the weightier
// part of them match too. What counts is the words alone, before any filter, so that choosing a
// filter narrows an answer and does nothing else.
//
// A word weighs the more the rarer it is. Documents with the same words form a class; classes are
// taken in, the weightiest first, until enough documents match.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "facets/doc_set.h"
#include "query/word_postings.h"

namespace aisle {

// Which words of a query a document has, word w as bit w.
using WordMask = uint32_t;

// The mask of each document of a segment, dead or not.
std::vector<WordMask> MasksOf(std::span<const WordPostings> words, uint32_t size);

// Live documents by mask, over any number of segments.
class MaskCounts {
 public:
  void Add(std::span<const WordMask> masks, const DocSet& live);
  const absl::flat_hash_map<WordMask, uint64_t>& counts() const { return counts_; }

 private:
  absl::flat_hash_map<WordMask, uint64_t> counts_;
};

// A plain value.
class PartialRule {
 public:
  // The rule by which at least `wanted` documents match, if so many have any word at all. `words`:
  // of the query; `documents`: live ones.
  PartialRule(const MaskCounts& counts, size_t words, uint64_t documents, uint64_t wanted);

  bool Accepts(WordMask mask) const { return mask != 0 && Share(mask) >= share_min_; }
  // How much of the query's weight the words of `mask` are, 0..1.
  double Share(WordMask mask) const;

 private:
  std::vector<double> shares_;  // by word
  double share_min_ = 0;
};

}  // namespace aisle
