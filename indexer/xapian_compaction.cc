// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/xapian_compaction.h"

#include "core/file.h"
#include "indexer/xapian_error.h"

namespace aisle {

// Document ids of a segment ascend from 1 without gaps, so Xapian's renumbering puts them end to
// end. The format's metadata is the same in all; the compactor keeps the first.
absl::Status CompactXapianSegments(const std::vector<std::string>& segments,
                                   const std::string& directory) {
  RETURN_IF_ERROR(CatchXapian("cannot write segment " + directory, [&]() -> absl::Status {
    Xapian::Database all;
    for (const std::string& segment : segments) all.add_database(Xapian::Database(segment));
    all.compact(directory);
    return absl::OkStatus();
  }));
  return SyncDirectory(directory);
}

}  // namespace aisle
