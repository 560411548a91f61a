// SPDX-License-Identifier: GPL-3.0-or-later
//
// Segment: a set of documents with their memory index, either on disk as one Xapian database (a
// segment proper) or still in memory (a chunk of the memtable). Immutable. Which of its documents
// are live is said by a SegmentView.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/limits.h"
#include "core/lru_cache.h"
#include "core/status.h"
#include "facets/doc_set.h"
#include "indexer/hot_columns.h"
#include "indexer/memory_index.h"
#include "indexer/stored_documents.h"

namespace aisle {

struct Segment {
  Segment() = default;
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;
  // Removes the directory if the segment has become obsolete: the last snapshot that could read it
  // is gone.
  ~Segment();

  uint64_t id = 0;        // 0: a chunk of the memtable
  std::string directory;  // of the Xapian database; empty for a chunk
  // A merge has joined the databases of its inputs as they were: all their documents, dead or not.
  bool is_joined = false;
  std::shared_ptr<const MemoryIndex> index;
  std::shared_ptr<const StoredDocuments> documents;
  mutable std::atomic<bool> obsolete = false;  // no longer in the manifest
  // Documents, live or not, that have a word with a short beginning, by that (query/beginning.h).
  mutable LruCache<DocSet> beginnings{limits::kBeginningsBytesMax};
  // How many of these have each code of a column of ordinals.
  mutable LruCache<std::vector<uint32_t>> beginning_counts{limits::kBeginningCountsBytesMax};
  // Documents, live or not, that a filter accepts, and the filters that were asked for, by their
  // text and the versions of the hot columns (query/segment_filter.h).
  mutable LruCache<DocSet> filters{limits::kFiltersBytesMax};
  mutable LruCache<bool> asked_filters{limits::kAskedFiltersBytesMax};
};

// A segment as one snapshot sees it.
struct SegmentView {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const DocSet> live;
  uint32_t live_count = 0;
  uint64_t live_length = 0;               // sum of the lengths of the live documents
  std::shared_ptr<const HotColumns> hot;  // nullptr: no document has other values

  // The documents as the segment was written.
  const MemoryIndex& index() const { return *segment->index; }
  // The column and the stored document as they are now.
  const AnyColumn& ColumnOf(size_t field) const {
    if (hot != nullptr) {
      if (const AnyColumn* changed = hot->Find(field)) return *changed;
    }
    return index().ColumnOf(field);
  }
  absl::StatusOr<std::string> Document(DocId doc) const;
};

// A view with every document live.
SegmentView ViewAll(std::shared_ptr<const Segment> segment);
// A view with the given live documents.
SegmentView ViewOf(std::shared_ptr<const Segment> segment, DocSet live);

}  // namespace aisle
