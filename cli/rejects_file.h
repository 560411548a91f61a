// SPDX-License-Identifier: GPL-3.0-or-later
//
// RejectsFile: every rejected document with its line and reason, as JSON lines. What was a JSON
// object is kept as one in `document`, all else as the string `text`.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "cli/import_summary.h"

#include "core/status.h"

namespace aisle {

// Not thread safe.
class RejectsFile {
 public:
  // Makes the file, or empties it.
  static absl::StatusOr<RejectsFile> Create(const std::string& path);

  // `text`: the document as it stands in the input.
  absl::Status Add(const Rejection& rejection, std::string_view text);
  // Everything is in the file when this returns OK.
  absl::Status Close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  RejectsFile(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  absl::Status WriteError() const;

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
};

}  // namespace aisle
