// SPDX-License-Identifier: GPL-3.0-or-later
//
// ValueDictionary: the texts of one facet field, shared by all segments of a collection. For a
// hierarchy it also knows each path's children, so that listing a tree compares no texts. Thread
// safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "core/dictionary.h"

namespace aisle {

class ValueDictionary : public Dictionary {
 public:
  static constexpr uint32_t kNoParent = UINT32_MAX;          // of a top level
  static constexpr uint32_t kUnknownParent = kNoParent - 1;  // the parent is no value itself

  // The paths in normal form (facets/hierarchy.h).
  class Tree {
   public:
    // Of a path's ordinal, or of kNoParent; ascending.
    std::span<const uint32_t> Children(uint32_t parent) const {
      const auto it = children_.find(parent);
      return it == children_.end() ? std::span<const uint32_t>() : it->second;
    }

   private:
    friend class ValueDictionary;
    uint32_t size_ = 0;
    absl::flat_hash_map<uint32_t, std::vector<uint32_t>> children_;
  };

  // By ordinal, its place among the others in the order of their texts.
  using Ranks = std::vector<uint32_t>;

  ValueDictionary();

  // Has at least the ordinals that there are at the call.
  std::shared_ptr<const Tree> Paths() const;
  // Of the first ordinals, most of those that there are at the call; of none where there are many
  // (kRankedMax).
  std::shared_ptr<const Ranks> TextRanks() const;

 private:
  static constexpr uint32_t kRankedMax = 1 << 16;

  mutable std::mutex mutex_;  // guards both
  mutable std::shared_ptr<const Tree> tree_;
  mutable std::shared_ptr<const Ranks> ranks_;
};

}  // namespace aisle
