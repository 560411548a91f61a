// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/ordinal_counts.h"

#include <cassert>
#include <variant>

namespace aisle {

void OrdinalCounts::Add(const AnyColumn& column, const DocSet& docs) {
  const auto* ordinals = std::get_if<OrdinalColumn>(&column);
  if (ordinals == nullptr) return;
  docs.ForEach([&](DocId doc) {
    for (uint32_t ordinal : ordinals->Values(doc)) {
      assert(ordinal < counts_.size());
      ++counts_[ordinal];
    }
  });
}

uint64_t OrdinalCounts::CountOf(std::string_view text) const {
  const auto ordinal = dictionary_.Find(text);
  return ordinal && *ordinal < counts_.size() ? counts_[*ordinal] : 0;
}

}  // namespace aisle
