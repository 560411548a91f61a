// SPDX-License-Identifier: GPL-3.0-or-later
//
// Matches: documents of one segment that a search found, as a sorted list where they are few, as a
// bitmap where they are many or were found as one. A plain value; concurrent reads are safe.
#pragma once

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

  Matches() : is_list_(true) {}
  // `docs` ascending, each once.
  explicit Matches(std::vector<DocId> docs)
      : is_list_(true), list_(std::move(docs)), count_(static_cast<uint32_t>(list_.size())) {}
  explicit Matches(DocSet docs) : has_set_(true), set_(std::move(docs)), count_(set_.Count()) {
    is_list_ = count_ < set_.size() / kListShare;
    if (is_list_) set_.AppendTo(&list_);
  }

  uint32_t Count() const { return count_; }
  bool is_list() const { return is_list_; }
  // REQUIRES: is_list().
  std::span<const DocId> list() const { return list_; }
  // There is a list or a bitmap, or both.
  bool has_set() const { return has_set_; }
  // REQUIRES: has_set().
  const DocSet& set() const { return set_; }

  // visit(DocId) for each document, ascending.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    if (!is_list_) return set_.ForEach(visit);
    for (const DocId doc : list_) visit(doc);
  }
  std::vector<DocId> ToList() const {
    if (is_list_) return list_;
    std::vector<DocId> docs;
    set_.AppendTo(&docs);
    return docs;
  }

 private:
  bool is_list_ = false;
  bool has_set_ = false;
  std::vector<DocId> list_;
  DocSet set_;
  uint32_t count_ = 0;
};

}  // namespace aisle
