// SPDX-License-Identifier: GPL-3.0-or-later
//
// The few file operations whose durability matters: what they did survives a power cut once they
// return.
#pragma once

#include <string>
#include <string_view>

#include "core/status.h"

namespace aisle {

// Writes a new file with these contents and syncs it and its directory.
absl::Status WriteFileDurably(const std::string& path, std::string_view contents);
// Renames within one directory and syncs the directory.
absl::Status RenameDurably(const std::string& from, const std::string& to);
// Syncs the files of a directory, the directory and its own entry.
absl::Status SyncDirectory(const std::string& path);
// Makes a directory and its parents; fine if it is there.
absl::Status MakeDirectory(const std::string& path);

// An exclusive lock on a file, held until destruction or the end of the process. FailedPrecondition
// if another process holds it; `what` names what is locked.
class FileLock {
 public:
  static absl::StatusOr<FileLock> Acquire(const std::string& path, std::string_view what);
  FileLock(FileLock&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_;
};

// The status for errno, with ResourceExhausted for a full disk.
absl::Status ErrnoStatus(int error, std::string_view what);

}  // namespace aisle
