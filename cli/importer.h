// SPDX-License-Identifier: GPL-3.0-or-later
//
// Importer: one run from a DocumentSource to an ImportTarget. It keeps the documents that have no
// result yet, so that every rejection can be told by its line of the file; the target takes no more
// than a few megabytes ahead.
#pragma once

#include <deque>
#include <functional>
#include <string>

#include "cli/document_source.h"
#include "cli/import_summary.h"
#include "cli/import_target.h"
#include "cli/progress_bar.h"
#include "cli/rejects_file.h"

#include "core/status.h"

namespace aisle {

struct ImporterParts {
  DocumentSource* source = nullptr;
  ImportTarget* target = nullptr;
  ProgressBar* bar = nullptr;
  RejectsFile* rejects = nullptr;  // nullptr: none is written
  // Asked before each document: true ends the import as the end of the file would.
  std::function<bool()> is_interrupted = [] { return false; };
};

// Not thread safe. The parts outlive it.
class Importer {
 public:
  explicit Importer(const ImporterParts& parts) : parts_(parts) {}

  // Call it once. After an error summary() tells how far the import came.
  absl::Status Run(const ImportDestination& destination);
  const ImportSummary& summary() const { return summary_; }

 private:
  struct Pending {
    uint64_t line = 0;
    std::string text;
    std::string id;  // if it is known without parsing
  };
  bool Next(std::string* json);
  void TakeResult(const ImportResult& result);
  void Reject(const Pending& document, std::string reason, int code);
  void ShowProgress();

  const ImporterParts parts_;
  ImportSummary summary_;
  std::deque<Pending> pending_;  // sent, without a result
  bool has_surplus_results_ = false;
  bool input_ended_ = false;
  absl::Status input_status_;
  absl::Status rejects_status_;
};

}  // namespace aisle
