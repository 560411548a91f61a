// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rewriting: the documents of some segments, in order, become one new segment on disk. A flush
// rewrites the chunks of a memtable, a merge rewrites segments. Dead documents are left out, and
// hot values that have changed are written into the documents, unless both are few in segments on
// disk: then the databases are joined as they are, which is many times faster than writing each
// document again; the dead stay dead, and the values stay beside.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/status.h"
#include "indexer/dictionaries.h"
#include "indexer/index_schema.h"
#include "indexer/segment.h"

namespace aisle {

struct RewriteTarget {
  uint64_t id = 0;
  std::string directory;  // must not exist
  std::shared_ptr<const IndexSchema> schema;
  std::shared_ptr<Dictionaries> dictionaries;
};

// The new segment, durable on disk, not yet in any manifest; nullptr if no document is live. On an
// error the directory is removed.
absl::StatusOr<std::shared_ptr<const Segment>> RewriteSegments(
    const std::vector<SegmentView>& inputs, const RewriteTarget& target);

// The view of `segment`, made by rewriting `inputs`, in which the documents that are dead now are
// dead too, and hot values are as they are now. `now` are the same segments as `inputs`, as they
// are now.
SegmentView ViewOfRewritten(std::shared_ptr<const Segment> segment,
                            const std::vector<SegmentView>& inputs,
                            const std::vector<SegmentView>& now, const Schema& schema);

}  // namespace aisle
