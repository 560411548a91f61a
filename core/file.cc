// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace aisle {
namespace {

// A file, or the entries of a directory.
absl::Status Sync(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return ErrnoStatus(errno, "cannot open " + path);
  const int result = fsync(fd);
  const int error = errno;
  close(fd);
  return result == 0 ? absl::OkStatus() : ErrnoStatus(error, "cannot sync " + path);
}

absl::Status SyncDirectoryOf(const std::string& path) {
  return Sync(std::filesystem::path(path).parent_path().string());
}

}  // namespace

absl::Status ErrnoStatus(int error, std::string_view what) {
  const std::string text = fmt::format("{}: {}", what, std::strerror(error));
  if (error == ENOSPC || error == EDQUOT) {
    return absl::ResourceExhaustedError(text + " (free some space on the disk)");
  }
  if (error == ENOENT) return absl::NotFoundError(text);
  if (error == EACCES || error == EPERM) return absl::PermissionDeniedError(text);
  return absl::UnavailableError(text);
}

absl::Status WriteFileDurably(const std::string& path, std::string_view contents) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return ErrnoStatus(errno, "cannot write " + path);
  bool ok = true;
  while (ok && !contents.empty()) {
    const ssize_t written = write(fd, contents.data(), contents.size());
    ok = written > 0;
    if (ok) contents.remove_prefix(static_cast<size_t>(written));
  }
  ok = ok && fsync(fd) == 0;
  const int error = errno;
  close(fd);
  if (!ok) return ErrnoStatus(error, "cannot write " + path);
  return SyncDirectoryOf(path);
}

absl::Status RenameDurably(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) != 0) {
    return ErrnoStatus(errno, fmt::format("cannot rename {} to {}", from, to));
  }
  return SyncDirectoryOf(to);
}

absl::Status SyncDirectory(const std::string& path) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (entry.is_regular_file(error)) RETURN_IF_ERROR(Sync(entry.path().string()));
  }
  if (error) return ErrnoStatus(error.value(), "cannot list " + path);
  RETURN_IF_ERROR(Sync(path));
  return SyncDirectoryOf(path);
}

absl::Status MakeDirectory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return ErrnoStatus(error.value(), "cannot make the directory " + path);
  return absl::OkStatus();
}

absl::StatusOr<FileLock> FileLock::Acquire(const std::string& path, std::string_view what) {
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return ErrnoStatus(errno, "cannot open " + path);
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return FileLock(fd);
  const int error = errno;
  close(fd);
  if (error == EWOULDBLOCK) return FailedPrecondition("{} is in use by another process", what);
  return ErrnoStatus(error, "cannot lock " + path);
}

FileLock::~FileLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace aisle
