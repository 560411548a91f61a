// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes the Xapian database of one segment from its memory index, whose postings are sorted
// already: Xapian's own writer sorts them anew, at several times the cost of everything else that
// is done for a document. The database does not count until the manifest names it, so a writer that
// fails or dies leaves only a directory that the next start removes. Thread safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/status.h"
#include "indexer/dictionaries.h"
#include "indexer/index_schema.h"
#include "indexer/memory_index.h"

namespace aisle {

struct XapianSegmentContents {
  const MemoryIndex* index;
  const IndexSchema* schema;  // of the index
  const Dictionaries* dictionaries;
  // Calls `add` with the source of each document, in order; stops at an error.
  std::function<absl::Status(const std::function<void(std::string_view source)>& add)>
      for_each_source;
};

// `directory` must not exist. Durable when it returns.
absl::Status WriteXapianSegment(const std::string& directory,
                                const XapianSegmentContents& contents);

}  // namespace aisle
