// SPDX-License-Identifier: GPL-3.0-or-later
//
// zlib's gzFile reads plain and gzip files alike. A line that lies within the buffer is given out
// in place; one that crosses its end is gathered in long_line_, up to the limit.
#include "cli/line_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace aisle {
namespace {

constexpr size_t kBufferBytes = 256u << 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

absl::Status Unreadable(const std::string& name, int error) {
  return InvalidArgument("cannot read {}: {}; check the name and the permissions", name,
                         std::strerror(error));
}

}  // namespace

LineSource::LineSource(std::string name, File file, std::optional<uint64_t> size,
                       size_t line_bytes_max)
    : name_(std::move(name)),
      file_(std::move(file)),
      size_(size),
      line_bytes_max_(line_bytes_max),
      buffer_(kBufferBytes, '\0') {}

absl::StatusOr<LineSource> LineSource::Open(const std::string& path, size_t line_bytes_max) {
  const bool is_stdin = path == "-";
  const std::string name = is_stdin ? "standard input" : path;
  const int fd = is_stdin ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Unreadable(name, errno);
  struct stat info = {};
  const bool known = fstat(fd, &info) == 0;
  if (known && S_ISDIR(info.st_mode)) {
    close(fd);
    return InvalidArgument("{} is a directory; give a file", name);
  }
  std::optional<uint64_t> size;
  if (known && S_ISREG(info.st_mode)) size = static_cast<uint64_t>(info.st_size);
  File file(gzdopen(fd, "rb"));
  if (file == nullptr) {
    close(fd);
    return Unreadable(name, ENOMEM);
  }
  gzbuffer(file.get(), kBufferBytes / 2);
  return LineSource(name, std::move(file), size, line_bytes_max);
}

absl::StatusOr<bool> LineSource::Next(InputLine* line) {
  long_line_.clear();
  length_ = 0;
  for (bool gathering = false;;) {
    if (begin_ == end_ && !at_end_) Fill();
    const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
    const size_t newline = rest.find('\n');
    std::string_view text = rest.substr(0, newline);
    if (newline == std::string_view::npos && !at_end_) {
      gathering = true;
      Append(text);
      begin_ = end_;
      continue;
    }
    if (newline == std::string_view::npos) RETURN_IF_ERROR(end_status_);
    if (newline == std::string_view::npos && rest.empty() && !gathering) return false;
    begin_ += text.size() + (newline == std::string_view::npos ? 0 : 1);
    Append(gathering ? text : std::string_view());
    line->length = gathering ? length_ : text.size();
    line->is_too_long = line->length > line_bytes_max_;
    line->text = gathering ? std::string_view(long_line_) : text.substr(0, line_bytes_max_);
    if (line->text.ends_with('\r')) line->text.remove_suffix(1);
    line->number = ++number_;
    return true;
  }
}

absl::StatusOr<char> LineSource::Peek() {
  if (begin_ == end_ && !at_end_) Fill();
  const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
  const size_t first = rest.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos) return rest[first];
  RETURN_IF_ERROR(end_status_);
  return '\0';
}

uint64_t LineSource::bytes_read() const {
  if (!size_) return 0;
  const z_off_t offset = gzoffset(file_.get());
  return offset < 0 ? 0 : std::min(static_cast<uint64_t>(offset), *size_);
}

// What could be read before an error is still given out.
void LineSource::Fill() {
  const int got = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
  begin_ = 0;
  end_ = static_cast<size_t>(std::max(got, 0));
  at_end_ = end_ < buffer_.size();
  if (at_end_) end_status_ = ReadError();
  if (!begun_ && std::string_view(buffer_.data(), end_).starts_with(kByteOrderMark)) {
    begin_ = kByteOrderMark.size();
  }
  begun_ = true;
}

// OK if nothing went wrong.
absl::Status LineSource::ReadError() {
  int error = Z_OK;
  const char* message = gzerror(file_.get(), &error);
  switch (error) {
    case Z_OK:
    case Z_STREAM_END:
      return absl::OkStatus();
    case Z_ERRNO:
      return Unreadable(name_, errno);
    case Z_BUF_ERROR:
      return InvalidArgument("{} is cut off: its gzip data end in the middle; fetch the file again",
                             name_);
    default:
      return InvalidArgument("{} has damaged gzip data ({}); fetch the file again", name_, message);
  }
}

void LineSource::Append(std::string_view part) {
  length_ += part.size();
  long_line_ += part.substr(0, line_bytes_max_ - std::min(line_bytes_max_, long_line_.size()));
}

}  // namespace aisle
