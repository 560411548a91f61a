// SPDX-License-Identifier: GPL-3.0-or-later
//
// ValueDictionary: the texts of one facet field, shared by all segments of a collection. For a
// hierarchy it also knows each path's parent, so that listing a tree compares no texts. Thread
// safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "core/dictionary.h"

namespace aisle {

class ValueDictionary : public Dictionary {
 public:
  static constexpr uint32_t kNoParent = UINT32_MAX;          // of a top level
  static constexpr uint32_t kUnknownParent = kNoParent - 1;  // the parent is no value itself

  ValueDictionary() : parents_(std::make_shared<const std::vector<uint32_t>>()) {}

  // The parent's ordinal of each path in normal form (facets/hierarchy.h), for at least the
  // ordinals that there are at the call.
  std::shared_ptr<const std::vector<uint32_t>> Parents() const;

 private:
  mutable std::mutex parents_mutex_;
  mutable std::shared_ptr<const std::vector<uint32_t>> parents_;  // guarded by it
};

}  // namespace aisle
