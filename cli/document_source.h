// SPDX-License-Identifier: GPL-3.0-or-later
//
// DocumentSource: the documents of a JSONL or CSV file, one after the other, in bounded memory.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/schema.h"
#include "core/status.h"

namespace aisle {

enum class FileFormat { kAuto, kJsonLines, kCsv };

struct SourceDocument {
  uint64_t line = 0;    // where it begins in the file, from 1
  std::string text;     // as it stands in the file
  std::string id;       // if it is known without parsing
  std::string json;     // the document as one line; empty if `status` is an error
  absl::Status status;  // an error: it cannot be sent, and why
};

// Not thread safe.
class DocumentSource {
 public:
  // `path`: a file or "-"; plain or gzip. kAuto goes by the name, else by the first byte.
  // InvalidArgument if the file cannot be opened or is of no known format.
  static absl::StatusOr<std::unique_ptr<DocumentSource>> Open(const std::string& path,
                                                              FileFormat format);
  virtual ~DocumentSource() = default;

  // The first documents (1,000, or fewer if they are large), which Next() still gives. Those that
  // are broken are left out.
  virtual absl::StatusOr<std::vector<Json>> Sample() = 0;
  // The types of CSV columns. Call before Next().
  virtual void UseSchema(const Schema& schema) = 0;

  // False at the end; blank lines are skipped. An error means that the file cannot be read any
  // further.
  virtual absl::StatusOr<bool> Next(SourceDocument* document) = 0;

  // How much of the file is read, 0..1; nullopt if its size is unknown.
  virtual std::optional<double> Fraction() const = 0;
};

}  // namespace aisle
