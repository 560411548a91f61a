// SPDX-License-Identifier: GPL-3.0-or-later
//
// Matches: documents of one segment that a search found, as a sorted list or as a bitmap, by how
// they were found. A bitmap is unpacked into a list when that is first asked for, by whichever
// thread asks first: concurrent reads are safe.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
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

  Matches() : list_state_(kReady) {}
  // `docs` ascending, each once.
  explicit Matches(std::vector<DocId> docs)
      : list_state_(kReady), list_(std::move(docs)), count_(static_cast<uint32_t>(list_.size())) {}
  explicit Matches(DocSet docs) : has_set_(true), set_(std::move(docs)), count_(set_.Count()) {}
  Matches(Matches&& other) noexcept
      : has_set_(other.has_set_),
        set_(std::move(other.set_)),
        list_state_(other.list_state_.load(std::memory_order_relaxed)),
        list_(std::move(other.list_)),
        count_(other.count_) {}
  Matches& operator=(Matches&& other) noexcept {
    has_set_ = other.has_set_;
    set_ = std::move(other.set_);
    list_state_.store(other.list_state_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    list_ = std::move(other.list_);
    count_ = other.count_;
    return *this;
  }

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
    if (!has_list()) MakeList();
    return list_;
  }

  // visit(std::span<const DocId>) with all of them, ascending, up to DocSet::kBlockMax at a time.
  // Makes no list. `soon`: an array by document of which `visit` reads those of its documents; they
  // are asked for (prefetched) while the block before is visited.
  template <typename Visit>
  void ForEachBlock(const uint32_t* soon, const Visit& visit) const {
    has_list() ? ForEachBlockOfList(soon, visit) : ForEachBlockOfSet(soon, visit);
  }

  // visit(DocId) for each document, ascending.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    if (!is_list()) return set_.ForEach(visit);
    for (const DocId doc : list()) visit(doc);
  }

 private:
  enum ListState : uint8_t { kNone, kBeingMade, kReady };

  bool has_list() const { return list_state_.load(std::memory_order_acquire) == kReady; }
  void MakeList() const {
    uint8_t state = kNone;
    if (list_state_.compare_exchange_strong(state, kBeingMade, std::memory_order_acquire)) {
      set_.AppendTo(count_, &list_);
      list_state_.store(kReady, std::memory_order_release);
      list_state_.notify_all();
    }
    while (!has_list()) list_state_.wait(kBeingMade, std::memory_order_acquire);
  }

  template <typename Visit>
  void ForEachBlockOfList(const uint32_t* soon, const Visit& visit) const {
    const auto block_at = [&](size_t begin) {
      const std::span<const DocId> docs = list_;
      return begin < docs.size()
                 ? docs.subspan(begin, std::min(DocSet::kBlock, docs.size() - begin))
                 : std::span<const DocId>();
    };
    const auto ask_for = [&](std::span<const DocId> docs) {
      for (const DocId doc : docs) __builtin_prefetch(soon + doc);
    };
    ask_for(block_at(0));
    for (size_t begin = 0; begin < list_.size(); begin += DocSet::kBlock) {
      ask_for(block_at(begin + DocSet::kBlock));
      visit(block_at(begin));
    }
  }

  template <typename Visit>
  void ForEachBlockOfSet(const uint32_t* soon, const Visit& visit) const {
    DocSet::Block blocks[2];
    size_t word = 0;
    size_t turn = 0;
    size_t size = set_.ReadBlock(count_, &word, &blocks[turn], soon);
    while (size > 0) {
      const size_t next = set_.ReadBlock(count_, &word, &blocks[1 - turn], soon);
      visit(std::span<const DocId>(blocks[turn]).first(size));
      turn = 1 - turn;
      size = next;
    }
  }

  bool has_set_ = false;
  DocSet set_;
  mutable std::atomic<uint8_t> list_state_ = kNone;
  mutable std::vector<DocId> list_;  // whole once the state is kReady
  uint32_t count_ = 0;
};

}  // namespace aisle
