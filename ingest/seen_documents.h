// SPDX-License-Identifier: GPL-3.0-or-later
//
// SeenDocuments: up to which position in the source's log a document in the collection may show the
// source. A hot column from before must not overwrite it: it may be older than what is there. Not
// thread safe.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include <absl/container/flat_hash_map.h>

namespace aisle {

class SeenDocuments {
 public:
  // At the start nothing is known of single documents: all may show up to `position`.
  void Reset(uint64_t position) {
    by_id_.clear();
    queue_.clear();
    all_up_to_ = position;
  }
  void Note(const std::string& id, uint64_t position) {
    if (queue_.size() >= kSeenMax) Reset(std::max(all_up_to_, queue_.back().first));
    by_id_[id] = position;
    queue_.emplace_back(position, id);
  }
  // Whether the document shows no transaction that ends beyond `position`.
  bool IsBefore(const std::string& id, uint64_t position) const {
    const auto it = by_id_.find(id);
    return position >= all_up_to_ && (it == by_id_.end() || position >= it->second);
  }
  // No change from before `position` will be asked for again.
  void Forget(uint64_t position) {
    while (!queue_.empty() && queue_.front().first <= position) {
      const auto it = by_id_.find(queue_.front().second);
      if (it != by_id_.end() && it->second <= position) by_id_.erase(it);
      queue_.pop_front();
    }
  }

 private:
  static constexpr size_t kSeenMax = 200'000;

  absl::flat_hash_map<std::string, uint64_t> by_id_;
  std::deque<std::pair<uint64_t, std::string>> queue_;  // ascending
  uint64_t all_up_to_ = 0;
};

}  // namespace aisle
