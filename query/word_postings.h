// SPDX-License-Identifier: GPL-3.0-or-later
//
// WordPostings: the posting lists of one query word in one segment: one list for a plain word,
// several for a word with alternatives (its completions, its forms in other fields, synonyms).
// Mostly one of these, the *main* list, or a few have nearly all documents; those in the others are
// few and are kept as a list of *exceptions*. One object per word, segment and request; not thread
// safe. Word and index must outlive it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "facets/doc_set.h"
#include "indexer/memory_index.h"
#include "query/word_lookup.h"

namespace aisle {

class WordPostings {
 public:
  struct List {
    PostingList postings;
    uint32_t field_mask = 0;     // the fields in which the list counts
    float factor = 1;            // of the score of what it adds
    bool checks_fields = false;  // some posting may be in other fields only
  };

  // `all_fields`: the bits of every searched field of the schema.
  WordPostings(const PlannedWord& word, const MemoryIndex& index, uint32_t all_fields);

  // Empty: no document of the segment has the word. The longest comes first.
  std::span<const List> lists() const { return lists_; }
  // Postings in all lists: at least as many as there are documents.
  uint64_t Estimate() const { return estimate_; }
  bool is_single() const { return lists_.size() == 1; }
  // How many of the lists, the first ones, are main ones. 0: there are too many postings in others.
  size_t mains() const { return mains_; }
  bool has_main() const { return mains_ == 1; }
  // REQUIRES: mains() > 0. The documents in lists other than the main ones, in fields that count;
  // ascending. They may stand in main lists too.
  std::span<const DocId> Exceptions() const;
  // The place in the main list of a document that stands in others alone.
  static constexpr uint32_t kNotInMain = UINT32_MAX;

  // Whether to find `docs` documents in `list` it is better read than searched, once there is a
  // bitmap of the segment's documents to compare it with.
  static bool IsBetterRead(const List& list, size_t docs);
  // Whether such a bitmap is worth making to find `docs` documents in all lists.
  bool IsBitmapWorthwhile(size_t docs) const;

  // Whether a posting of `list` stands in a field that counts.
  static bool Counts(const List& list, uint32_t position) {
    return (list.postings.patterns().Mask(list.postings.Code(position)) & list.field_mask) != 0;
  }

  // The documents that have the word; `positions` (if wanted) become their places in the main list,
  // or nothing if there is none.
  std::vector<DocId> Documents(std::vector<uint32_t>* positions = nullptr) const;
  void OrInto(DocSet* set) const;
  static void OrInto(const List& list, DocSet* set);
  // Removes from `set` the documents that have not.
  void And(DocSet* set) const;
  // The places in `docs` (ascending) of those that have the word; `positions` (if wanted, and if
  // has_main()) their places in the main list.
  void Intersect(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                 std::vector<uint32_t>* positions) const;

 private:
  void FindMains();
  bool IsMainBitmap() const {
    return has_main() && lists_.front().postings.is_bitmap() && !lists_.front().checks_fields;
  }
  void IntersectMain(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                     std::vector<uint32_t>* positions) const;
  void IntersectLists(std::span<const DocId> docs, std::vector<uint32_t>* kept) const;

  std::vector<List> lists_;
  uint64_t estimate_ = 0;
  uint32_t size_;
  size_t mains_ = 0;
  mutable std::vector<DocId> exceptions_;
  mutable bool has_exceptions_ = false;  // they have been gathered
};

}  // namespace aisle
