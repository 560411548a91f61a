// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/snapshot.h"

namespace aisle {

std::optional<Snapshot::Place> Snapshot::FindId(std::string_view id) const {
  const HashedId hashed(id);
  for (const SegmentView& view : segments) view.index().Prefetch(hashed);
  for (const SegmentView& view : segments) {
    const auto doc = view.index().FindId(hashed);
    if (doc && view.live->Test(*doc)) return Place{&view, *doc};
  }
  return std::nullopt;
}

}  // namespace aisle
