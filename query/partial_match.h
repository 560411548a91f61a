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

// Live documents by mask, over any number of segments. A plain value.
class MaskCounts {
 public:
  explicit MaskCounts(size_t words) : few_(words <= kFewWords ? size_t{1} << words : 0) {}

  void Add(WordMask mask, uint64_t documents) {
    (few_.empty() ? many_[mask] : few_[mask]) += documents;
  }
  // visit(mask, count) for each mask that a document has.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (WordMask mask = 0; mask < few_.size(); ++mask) {
      if (few_[mask] > 0) visit(mask, few_[mask]);
    }
    for (const auto& [mask, count] : many_) visit(mask, count);
  }

 private:
  // Of so many words there is a counter for each mask.
  static constexpr size_t kFewWords = 12;

  std::vector<uint64_t> few_;
  absl::flat_hash_map<WordMask, uint64_t> many_;
};

// A plain value.
class PartialRule {
 public:
  // The rule by which at least `wanted` documents match, if so many have any word at all. `words`:
  // of the query; `documents`: live ones.
  PartialRule(const MaskCounts& counts, size_t words, uint64_t documents, uint64_t wanted);

  // How much of the query's weight the words of `mask` are, 0..1.
  double Share(WordMask mask) const;
  bool Accepts(WordMask mask) const { return mask != 0 && Share(mask) >= share_min_; }
  // The masks that are accepted and that some document has.
  std::span<const WordMask> masks() const { return masks_; }
  // By word.
  std::span<const double> shares() const { return shares_; }
  // A document that has any word matches from this share on.
  double share_min() const { return share_min_; }

 private:
  std::vector<double> shares_;
  double share_min_ = 0;
  std::vector<WordMask> masks_;
};

// Which documents of one segment have which words: a bitmap for each word. Postings must outlive
// it; reads are safe from any number of threads.
class WordSets {
 public:
  WordSets(std::span<const WordPostings> words, uint32_t size);
  WordSets(WordSets&&) = default;
  WordSets& operator=(WordSets&&) = default;

  WordMask MaskOf(DocId doc) const;
  // The documents of `live` by mask; those without a word are not counted.
  void Count(const DocSet& live, MaskCounts* counts) const;
  // The documents of `live` that match by `rule`.
  DocSet Matching(const PartialRule& rule, const DocSet& live) const;
  // Those among `docs` that have the words of `mask` and no others.
  DocSet Having(WordMask mask, const DocSet& docs) const;

 private:
  void CountTogether(const DocSet& live, MaskCounts* counts) const;

  uint32_t size_;
  std::vector<DocSet> own_;                      // of words that are not bitmaps already
  std::vector<std::span<const uint64_t>> sets_;  // by word
};

}  // namespace aisle
