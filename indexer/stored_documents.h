// SPDX-License-Identifier: GPL-3.0-or-later
//
// StoredDocuments: the sources (JSON text) of one segment's documents, in memory or on disk. Thread
// safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/status.h"
#include "facets/doc_set.h"
#include "indexer/indexed_document.h"

namespace aisle {

class StoredDocuments {
 public:
  virtual ~StoredDocuments() = default;
  virtual absl::StatusOr<std::string> Get(DocId doc) const = 0;
};

// Those of a memtable chunk: in memory until the chunk is flushed.
class MemoryDocuments : public StoredDocuments {
 public:
  explicit MemoryDocuments(std::vector<std::shared_ptr<const IndexedDocument>> documents)
      : documents_(std::move(documents)) {}

  absl::StatusOr<std::string> Get(DocId doc) const override { return documents_[doc]->source; }
  const std::vector<std::shared_ptr<const IndexedDocument>>& documents() const {
    return documents_;
  }

 private:
  std::vector<std::shared_ptr<const IndexedDocument>> documents_;
};

}  // namespace aisle
