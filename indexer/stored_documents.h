// SPDX-License-Identifier: GPL-3.0-or-later
//
// StoredDocuments: the sources (JSON text) of one segment's documents, in memory or on disk. Thread
// safe.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/status.h"
#include "facets/doc_set.h"

namespace aisle {

class StoredDocuments {
 public:
  virtual ~StoredDocuments() = default;
  virtual absl::StatusOr<std::string> Get(DocId doc) const = 0;
  // These will be asked for: what is known of them already is called from memory.
  virtual void Expect(std::span<const DocId>) const {}
};

// Those of a memtable chunk: in memory until the chunk is flushed.
class MemoryDocuments : public StoredDocuments {
 public:
  using Source = std::shared_ptr<const std::string>;
  explicit MemoryDocuments(std::vector<Source> sources) : sources_(std::move(sources)) {
    for (const Source& source : sources_) bytes_ += source->size();
  }

  absl::StatusOr<std::string> Get(DocId doc) const override { return *sources_[doc]; }
  const std::vector<Source>& sources() const { return sources_; }
  // Of all sources.
  size_t bytes() const { return bytes_; }

 private:
  std::vector<Source> sources_;
  size_t bytes_ = 0;
};

}  // namespace aisle
