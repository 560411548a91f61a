// SPDX-License-Identifier: GPL-3.0-or-later
//
// LineSource: the lines of a file or of standard input, plain or gzip, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <zlib.h>

#include "core/status.h"

namespace aisle {

struct InputLine {
  uint64_t number = 0;       // from 1
  std::string_view text;     // without "\n" or "\r\n"; valid until the next call of Next()
  bool is_too_long = false;  // then `text` is the beginning of the line
  uint64_t length = 0;       // of the whole line, in bytes
};

// Not thread safe.
class LineSource {
 public:
  // `path`: a file, or "-" for standard input. InvalidArgument if it cannot be opened. Longer lines
  // than `line_bytes_max` are cut and marked.
  static absl::StatusOr<LineSource> Open(const std::string& path, size_t line_bytes_max);

  // False at the end. A byte order mark before the first line is left out. InvalidArgument if the
  // file cannot be read or its gzip data are damaged or cut off; the complete lines before come
  // first.
  absl::StatusOr<bool> Next(InputLine* line);

  // The first byte that is not white space, without taking it; '\0' if the first 256 KB have none.
  absl::StatusOr<char> Peek();

  // How much of the file is read, in bytes as they lie on the disk; 0 if size() is unknown.
  uint64_t bytes_read() const;
  // Of the file; nullopt for a pipe.
  std::optional<uint64_t> size() const { return size_; }

 private:
  struct Closer {
    void operator()(gzFile file) const { gzclose_r(file); }
  };
  using File = std::unique_ptr<std::remove_pointer_t<gzFile>, Closer>;

  LineSource(std::string name, File file, std::optional<uint64_t> size, size_t line_bytes_max);
  void Fill();
  absl::Status ReadError();
  void Append(std::string_view part);

  std::string name_;
  File file_;
  std::optional<uint64_t> size_;
  size_t line_bytes_max_;
  std::string buffer_;
  size_t begin_ = 0;  // of what is not taken yet, in buffer_
  size_t end_ = 0;
  bool at_end_ = false;
  absl::Status end_status_;  // how the file ended
  bool begun_ = false;
  std::string long_line_;  // a line that does not lie within the buffer
  uint64_t length_ = 0;    // of that line
  uint64_t number_ = 0;
};

}  // namespace aisle
