// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/file_source.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <tuple>
#include <utility>

#include <absl/container/flat_hash_set.h>
#include <absl/time/clock.h>

#include "core/limits.h"
#include "core/steady_clock.h"

namespace aisle {
namespace {

constexpr size_t kFilesMax = 10'000;
constexpr size_t kOpenFilesMax = 200;  // at once
constexpr size_t kFirstLineBytes = 4096;
constexpr size_t kChunkBytes = size_t{1} << 16;
// What an event may have around its document.
constexpr size_t kLineBytesMax = limits::kDocumentBytesMax + 4096;
constexpr absl::Duration kPoll = absl::Milliseconds(50);

uint64_t Checksum(std::string_view text) {
  uint64_t hash = 14695981039346656037u;  // FNV-1a: the same in every process
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

int64_t Modified(const struct stat& state) {
  return int64_t{state.st_mtim.tv_sec} * 1'000'000'000 + state.st_mtim.tv_nsec;
}

// At most `size` bytes from `offset` on; fewer at the end of the file, or where it cannot be read.
std::string ReadBytes(int descriptor, uint64_t offset, size_t size) {
  std::string bytes(size, '\0');
  const ssize_t count = pread(descriptor, bytes.data(), size, static_cast<off_t>(offset));
  bytes.resize(count < 0 ? 0 : static_cast<size_t>(count));
  return bytes;
}

// What tells a file from others under any name: "INODE-CHECKSUM", of its first line or as much of
// it as is enough; empty: the end of that is not there yet.
std::string IdentityOf(int descriptor, uint64_t inode) {
  const std::string bytes = ReadBytes(descriptor, 0, kFirstLineBytes);
  const size_t end = bytes.find('\n');
  if (end == std::string::npos && bytes.size() < kFirstLineBytes) return {};
  return fmt::format("{}-{:x}", inode, Checksum(std::string_view(bytes).substr(0, end)));
}

std::string_view IdentityOf(std::string_view part) {
  return part.substr(std::min(part.rfind('#') + 1, part.size()));
}

// Takes lines out of a file.
class LineReader {
 public:
  LineReader(int descriptor, uint64_t offset)
      : descriptor_(descriptor), place_(offset), read_up_to_(offset) {}
  // The next line without its end, cut to kLineBytesMax; false: its end is not there.
  bool Next(std::string* line, uint64_t* bytes) {
    line->clear();
    *bytes = 0;
    while (true) {
      const size_t end = buffer_.find('\n', at_);
      const size_t stop = end == std::string::npos ? buffer_.size() : end;
      line->append(buffer_, at_, std::min(stop - at_, kLineBytesMax - line->size()));
      *bytes += stop - at_;
      at_ = stop;
      if (end != std::string::npos) {
        ++at_;
        place_ += *bytes + 1;
        return true;
      }
      buffer_ = ReadBytes(descriptor_, read_up_to_, kChunkBytes);
      read_up_to_ += buffer_.size();
      at_ = 0;
      if (buffer_.empty()) return false;
    }
  }
  uint64_t place() const { return place_; }  // behind the last line

 private:
  const int descriptor_;
  std::string buffer_;
  size_t at_ = 0;
  uint64_t place_;
  uint64_t read_up_to_;
};

}  // namespace

// Files that are closed with it.
class FileSource::OpenFiles {
 public:
  OpenFiles() = default;
  ~OpenFiles() {
    for (const File& file : files) close(file.descriptor);
  }
  OpenFiles(OpenFiles&& other) noexcept { std::swap(files, other.files); }
  OpenFiles& operator=(OpenFiles&&) = delete;

  std::vector<File> files;
};

absl::Status FileSource::Open(MessagePlaces* places) {
  places_ = places->by_part;
  for (const auto& [part, place] : places_) parts_[std::string(IdentityOf(part))] = part;
  std::error_code error;
  if (!std::filesystem::is_directory(definition_.directory, error)) {
    return FailedPrecondition("`directory` is `{}`, which is no directory that can be read",
                              definition_.directory);
  }
  // Files that are gone need no place.
  absl::flat_hash_set<std::string> present;
  for (const auto& entry : std::filesystem::directory_iterator(definition_.directory, error)) {
    const int descriptor = open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat state {};
    if (descriptor < 0) continue;
    if (fstat(descriptor, &state) == 0) present.insert(IdentityOf(descriptor, state.st_ino));
    close(descriptor);
  }
  if (error) return absl::UnavailableError("the directory cannot be read: " + error.message());
  std::erase_if(places_, [&](const auto& one) {
    return !present.contains(std::string(IdentityOf(one.first)));
  });
  places->by_part = places_;
  places->stream = definition_.directory;
  return absl::OkStatus();
}

absl::Status FileSource::Look(const std::string& path, OpenFiles* files) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    if (errno == ENOENT) return absl::OkStatus();  // it has just been renamed
    return absl::UnavailableError(fmt::format("{} cannot be read: {}", path, std::strerror(errno)));
  }
  // From here on it may have another name, and its name another file.
  files->files.push_back({.path = path, .descriptor = descriptor});
  File& file = files->files.back();
  struct stat state {};
  const bool is_known = fstat(descriptor, &state) == 0;
  const std::string identity = is_known ? IdentityOf(descriptor, state.st_ino) : "";
  file.inode = state.st_ino;
  file.bytes = static_cast<uint64_t>(state.st_size);
  file.modified = Modified(state);
  if (identity.empty()) return absl::OkStatus();
  std::string& part = parts_[identity];
  if (part.empty()) part = path.substr(path.rfind('/') + 1) + "#" + identity;
  file.part = part;
  if (parts_.size() > kFilesMax) {
    return ResourceExhausted("the directory has more than {} files: move away what was read",
                             kFilesMax);
  }
  uint64_t& place = places_[part];
  // It was cut and written anew, with the same first line.
  if (file.bytes < place) place = 0;
  return absl::OkStatus();
}

absl::StatusOr<FileSource::OpenFiles> FileSource::Scan() {
  std::vector<std::pair<int64_t, std::string>> changed;  // when, which
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(definition_.directory, error)) {
    const std::string name = entry.path().filename();
    if (name.starts_with('.') || fnmatch(definition_.pattern.c_str(), name.c_str(), 0) != 0) {
      continue;
    }
    struct stat state {};
    if (stat(entry.path().c_str(), &state) != 0 || !S_ISREG(state.st_mode)) continue;
    const auto seen = seen_.find(state.st_ino);
    const Seen now{static_cast<uint64_t>(state.st_size), Modified(state)};
    if (seen != seen_.end() && seen->second == now) continue;
    changed.emplace_back(Modified(state), entry.path());
  }
  if (error) return absl::UnavailableError("the directory cannot be read: " + error.message());
  std::sort(changed.begin(), changed.end());
  changed.resize(std::min(changed.size(), kOpenFilesMax));
  OpenFiles files;
  for (const auto& [modified, path] : changed) RETURN_IF_ERROR(Look(path, &files));
  return files;
}

bool FileSource::ReadFile(const File& file, size_t* bytes, std::vector<StreamMessage>* messages) {
  if (file.part.empty()) return true;
  LineReader reader(file.descriptor, places_[file.part]);
  std::string line;
  uint64_t line_bytes = 0;
  while (messages->size() < limits::kImportBatchDocuments && *bytes < limits::kImportBatchBytes) {
    if (!reader.Next(&line, &line_bytes)) {
      seen_[file.inode] = {file.bytes, file.modified};
      return true;
    }
    places_[file.part] = reader.place();
    *bytes += line.size();
    if (line.empty()) continue;
    StreamMessage message{.part = file.part, .place = reader.place(), .time = file.modified / 1000};
    if (line_bytes > kLineBytesMax) {
      message.error = absl::OutOfRangeError(
          fmt::format("a line of {} that ends at {} has {} bytes: allowed are at most {}",
                      file.path, reader.place(), line_bytes, kLineBytesMax));
    }
    message.payload = std::move(line);
    messages->push_back(std::move(message));
  }
  return false;
}

// An older file is read to its end before a later one is begun.
absl::StatusOr<std::vector<StreamMessage>> FileSource::Read(absl::Duration wait) {
  const absl::Time deadline = SteadyNow() + wait;
  std::vector<StreamMessage> messages;
  while (!*stop_) {
    ASSIGN_OR_RETURN(const OpenFiles files, Scan());
    size_t bytes = 0;
    for (const File& file : files.files) {
      if (!ReadFile(file, &bytes, &messages)) break;
    }
    if (!messages.empty() || SteadyNow() >= deadline) break;
    absl::SleepFor(kPoll);
  }
  return messages;
}

absl::StatusOr<uint64_t> FileSource::ReadLag() {
  ASSIGN_OR_RETURN(const OpenFiles files, Scan());
  uint64_t lag = 0;
  for (const File& file : files.files) {
    if (!file.part.empty()) lag += file.bytes - std::min(file.bytes, places_[file.part]);
  }
  return lag;
}

}  // namespace aisle
