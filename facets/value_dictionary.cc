// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/value_dictionary.h"

#include "facets/hierarchy.h"

namespace aisle {

std::shared_ptr<const ValueDictionary::Tree> ValueDictionary::Paths() const {
  const uint32_t all = size();
  const std::lock_guard lock(tree_mutex_);
  if (tree_->size_ >= all) return tree_;
  // Paths become few after the first documents, so copying them is rare.
  auto tree = std::make_shared<Tree>(*tree_);
  for (; tree->size_ < all; ++tree->size_) {
    const std::string_view parent = HierarchyParent(At(tree->size_));
    const uint32_t ordinal = parent.empty() ? kNoParent : Find(parent).value_or(kUnknownParent);
    tree->children_[ordinal].push_back(tree->size_);
  }
  tree_ = std::move(tree);
  return tree_;
}

}  // namespace aisle
