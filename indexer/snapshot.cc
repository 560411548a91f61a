// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/snapshot.h"

namespace aisle {

std::optional<Snapshot::Place> Snapshot::FindId(std::string_view id) const {
  for (const SegmentView& view : segments) {
    const auto doc = view.index().FindId(id);
    if (doc && view.live->Test(*doc)) return Place{&view, *doc};
  }
  return std::nullopt;
}

}  // namespace aisle
