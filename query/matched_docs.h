// SPDX-License-Identifier: GPL-3.0-or-later
//
// MatchedDocs: documents of one segment on the way to being matches: few are a list, with their
// places in the lists of words where these were found; many are a bitmap. What a search asks
// further takes away from them. A plain value; not thread safe.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "indexer/segment.h"
#include "query/segment_filter.h"
#include "query/word_postings.h"

namespace aisle {

class MatchedDocs {
 public:
  // Below one in this many a list is faster to take away from than a bitmap.
  static constexpr uint32_t kListShare = 32;

  MatchedDocs() = default;
  explicit MatchedDocs(DocSet docs) : is_set_(true), set_(std::move(docs)) {}
  // `docs` ascending, each once.
  explicit MatchedDocs(std::vector<DocId> docs) : list_(std::move(docs)) {}
  // The live documents that have all `words`; none of these is without documents. It begins with
  // the rarest: if that is rare, it is a list from which each further word takes away; else bitmaps
  // are and-ed.
  static MatchedDocs WithAll(std::span<const WordPostings> words, const SegmentView& view);

  uint32_t Count() const { return is_set_ ? set_.Count() : static_cast<uint32_t>(list_.size()); }
  bool is_set() const { return is_set_; }
  // REQUIRES: is_set().
  DocSet TakeSet() { return std::move(set_); }
  const DocSet& set() const { return set_; }
  // REQUIRES: !is_set().
  std::vector<DocId> TakeList() { return std::move(list_); }
  std::span<const DocId> list() const { return list_; }
  // By word the places in its main list (query/word_postings.h), where they are known.
  std::vector<std::vector<uint32_t>> TakePositions() { return std::move(positions_); }

  // REQUIRES: is_set(). Keeps those of `docs`.
  void And(const DocSet& docs) { set_.And(docs); }
  // What is taken away from a list.
  void KeepLive(const SegmentView& view);
  void KeepAll(std::span<const WordPostings> words);
  // Keeps the documents at the places `kept`, which ascend.
  void Keep(std::span<const uint32_t> kept);
  // What is taken away from either.
  void Narrow(const SegmentFilter& filter);

 private:
  // Words, the rarest first.
  static std::vector<size_t> ByRarity(std::span<const WordPostings> words);
  void KeepWith(size_t word, const WordPostings& postings);
  void KeepMarked(std::span<const uint8_t> passes);

  bool is_set_ = false;
  std::vector<DocId> list_;
  DocSet set_;
  std::vector<std::vector<uint32_t>> positions_;  // by word, or nothing
};

}  // namespace aisle
