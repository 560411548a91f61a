// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a run is made: a catalog is indexed where it is not yet, then every judged query is asked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "cli/eval_target.h"
#include "cli/progress_bar.h"

#include "core/json.h"
#include "core/status.h"
#include "eval/judgments.h"
#include "eval/run.h"

namespace aisle {

// A directory of this process, removed at the end.
class TemporaryDirectory {
 public:
  // InvalidArgument if the system's directory for temporary files cannot be written.
  static absl::StatusOr<std::unique_ptr<TemporaryDirectory>> Create();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}

  const std::string path_;
};

struct CatalogToIndex {
  std::string file;         // JSONL or CSV
  std::string schema_file;  // empty: inferred
  std::string collection;
  std::string data_dir;
};

// What goes on meanwhile: a bar, and whether to stop.
struct EvalProgress {
  ProgressBarOptions bar;
  std::function<bool()> is_interrupted = [] { return false; };
};

struct IndexedCatalog {
  uint64_t documents = 0;
  uint64_t rejected = 0;
  std::string first_rejection;  // of the rejected: its line and reason
};

// InvalidArgument if no document is left; Cancelled if it was interrupted.
absl::StatusOr<IndexedCatalog> IndexCatalog(const CatalogToIndex& catalog,
                                            const EvalProgress& progress);

struct RunOptions {
  Json parameters = Json::Object{};  // of every search, without `q` and `per_page`
  size_t depth = 100;
  // How often each query is asked; its time is the median. The answer is that of the first time.
  uint32_t repeats = 1;
};

// Asks in the order of the judgments, after a few queries to warm up. The caller fills in the run's
// name and source. Cancelled if it was interrupted.
absl::StatusOr<Run> AskAll(const Judgments& judgments, const RunOptions& options,
                           EvalTarget* target, const EvalProgress& progress);

}  // namespace aisle
