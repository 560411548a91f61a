// SPDX-License-Identifier: GPL-3.0-or-later
//
// Matches: documents of one segment that a search found, as a sorted list or as a bitmap, by how
// they were found. A bitmap is unpacked into a list when that is first asked for. Not thread safe.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "facets/doc_set.h"

namespace aisle {

class Matches {
 public:
  // Below one in this many a list is faster to read than a bitmap.
  static constexpr uint32_t kListShare = 8;

  Matches() : has_list_(true) {}
  // `docs` ascending, each once.
  explicit Matches(std::vector<DocId> docs)
      : has_list_(true), list_(std::move(docs)), count_(static_cast<uint32_t>(list_.size())) {}
  explicit Matches(DocSet docs) : has_set_(true), set_(std::move(docs)), count_(set_.Count()) {}

  uint32_t Count() const { return count_; }
  // Whether they were found as a bitmap.
  bool has_set() const { return has_set_; }
  // REQUIRES: has_set().
  const DocSet& set() const { return set_; }
  // Whether they are so few that all work is done on the list.
  bool is_list() const { return !has_set_ || count_ < set_.size() / kListShare; }
  bool Has(DocId doc) const {
    return has_set_ ? set_.Test(doc) : std::binary_search(list_.begin(), list_.end(), doc);
  }
  // All of them, ascending; valid as long as this object.
  std::span<const DocId> list() const {
    if (!has_list_) set_.AppendTo(count_, &list_);
    has_list_ = true;
    return list_;
  }

  // visit(DocId) for each document, ascending.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    if (!is_list()) return set_.ForEach(visit);
    for (const DocId doc : list()) visit(doc);
  }

 private:
  bool has_set_ = false;
  DocSet set_;
  mutable bool has_list_ = false;
  mutable std::vector<DocId> list_;
  uint32_t count_ = 0;
};

}  // namespace aisle
