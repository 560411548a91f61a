// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes the Xapian database of one segment: documents are appended, then Finish() makes them
// durable. The database does not count until the manifest names it, so a writer that fails or dies
// leaves only a directory that the next start removes.
#pragma once

#include <memory>
#include <string>

#include "core/status.h"
#include "indexer/index_schema.h"
#include "indexer/indexed_document.h"

namespace aisle {

class XapianSegmentWriter {
 public:
  // `directory` must not exist.
  static absl::StatusOr<std::unique_ptr<XapianSegmentWriter>> Create(
      std::string directory, std::shared_ptr<const IndexSchema> schema);
  ~XapianSegmentWriter();

  absl::Status Add(const IndexedDocument& document);
  // Commits and syncs. No call may follow.
  absl::Status Finish();

 private:
  struct Database;
  XapianSegmentWriter(std::string directory, std::shared_ptr<const IndexSchema> schema);

  const std::string directory_;
  const std::shared_ptr<const IndexSchema> schema_;
  std::vector<std::string> prefixes_;  // by search bit
  std::unique_ptr<Database> database_;
};

}  // namespace aisle
