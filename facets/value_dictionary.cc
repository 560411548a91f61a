// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/value_dictionary.h"

#include "facets/hierarchy.h"

namespace aisle {

std::shared_ptr<const std::vector<uint32_t>> ValueDictionary::Parents() const {
  const uint32_t all = size();
  const std::lock_guard lock(parents_mutex_);
  if (parents_->size() >= all) return parents_;
  // Paths become few after the first documents, so copying them is rare.
  auto parents = std::make_shared<std::vector<uint32_t>>(*parents_);
  parents->reserve(all);
  for (auto ordinal = static_cast<uint32_t>(parents->size()); ordinal < all; ++ordinal) {
    const std::string_view parent = HierarchyParent(At(ordinal));
    parents->push_back(parent.empty() ? kNoParent : Find(parent).value_or(kUnknownParent));
  }
  parents_ = std::move(parents);
  return parents_;
}

}  // namespace aisle
