// SPDX-License-Identifier: GPL-3.0-or-later
//
// Snapshot: what one request sees: an immutable list of segment views over all shards, with the
// schema and the dictionaries that belong to them. Taken at the start of a request, released at its
// end; whoever holds one keeps its segments alive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ranking.h"
#include "indexer/dictionaries.h"
#include "indexer/index_schema.h"
#include "indexer/segment.h"

namespace aisle {

struct Snapshot {
  uint64_t number = 0;  // of all snapshots of this process none has the same
  std::shared_ptr<const IndexSchema> schema;
  std::shared_ptr<const Dictionaries> dictionaries;
  std::shared_ptr<const Ranking> ranking;  // nullptr: the default
  std::vector<SegmentView> segments;       // of all shards
  uint64_t live_count = 0;
  uint64_t live_length = 0;

  struct Place {
    const SegmentView* view = nullptr;
    DocId doc = 0;
  };
  // Where the live document with this id is.
  std::optional<Place> FindId(std::string_view id) const;
};

}  // namespace aisle
