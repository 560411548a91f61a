// SPDX-License-Identifier: GPL-3.0-or-later
//
// FileBytes: all bytes of a file, for large files that are read once and then forgotten. They stand
// in memory of their own, which nobody fills with zeros first and the system has back at the end.
// Not mapped: a file that cannot be read is an error here, not the end of the process later.
// Movable; reads are safe from any number of threads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "core/status.h"

namespace aisle {

class FileBytes {
 public:
  // NotFound if there is no such file.
  static absl::StatusOr<FileBytes> Read(const std::string& path);

  FileBytes(FileBytes&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  FileBytes& operator=(FileBytes&&) = delete;
  ~FileBytes();

  std::string_view view() const { return {data_, size_}; }

 private:
  FileBytes() = default;

  char* data_ = nullptr;  // nullptr: none
  size_t size_ = 0;
};

}  // namespace aisle
