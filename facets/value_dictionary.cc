// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/value_dictionary.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "facets/hierarchy.h"

namespace aisle {

ValueDictionary::ValueDictionary()
    : tree_(std::make_shared<const Tree>()), ranks_(std::make_shared<const Ranks>()) {}

std::shared_ptr<const ValueDictionary::Tree> ValueDictionary::Paths() const {
  const uint32_t all = size();
  const std::lock_guard lock(mutex_);
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

std::shared_ptr<const ValueDictionary::Ranks> ValueDictionary::TextRanks() const {
  // Made anew once so many are new: a dictionary that grows sorts a few times in all.
  constexpr uint32_t kNewShare = 8;
  const uint32_t all = size();
  const std::lock_guard lock(mutex_);
  const auto ranked = static_cast<uint32_t>(ranks_->size());
  if (all <= ranked + ranked / kNewShare || all > kRankedMax) return ranks_;
  std::vector<std::pair<std::string_view, uint32_t>> sorted;
  sorted.reserve(all);
  for (uint32_t ordinal = 0; ordinal < all; ++ordinal) sorted.emplace_back(At(ordinal), ordinal);
  std::sort(sorted.begin(), sorted.end());
  auto ranks = std::make_shared<Ranks>(all);
  for (uint32_t rank = 0; rank < all; ++rank) (*ranks)[sorted[rank].second] = rank;
  ranks_ = std::move(ranks);
  return ranks_;
}

}  // namespace aisle
