// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file_bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "core/file.h"

namespace aisle {

absl::StatusOr<FileBytes> FileBytes::Read(const std::string& path) {
  const auto failed = [&path] { return ErrnoStatus(errno, fmt::format("reading {}", path)); };
  struct Descriptor {
    ~Descriptor() {
      if (number >= 0) close(number);
    }
    const int number;
  };
  const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat about;
  if (file.number < 0 || fstat(file.number, &about) != 0) return failed();
  if (!S_ISREG(about.st_mode)) return NotFound("{} is no file", path);
  FileBytes bytes;
  if (about.st_size == 0) return bytes;
  const auto size = static_cast<size_t>(about.st_size);
  void* const memory =
      mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return failed();
  bytes.data_ = static_cast<char*>(memory);
  bytes.size_ = size;
#if defined(__linux__)
  madvise(memory, size, MADV_HUGEPAGE);  // a wish
#endif
  for (size_t done = 0; done < size;) {
    const ssize_t count = read(file.number, bytes.data_ + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed();
    if (count == 0) return DataLoss("{} has {} bytes less than a moment ago", path, size - done);
    done += static_cast<size_t>(count);
  }
  return bytes;
}

FileBytes::~FileBytes() {
  if (data_ != nullptr) munmap(data_, size_);
}

}  // namespace aisle
