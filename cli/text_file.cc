// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/text_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/line_source.h"

namespace aisle {
namespace {

constexpr size_t kFileBytesMax = 256u << 20;
constexpr std::string_view kUnfinished = ".part";

}  // namespace

absl::StatusOr<std::string> ReadTextFile(const std::string& path) {
  ASSIGN_OR_RETURN(LineSource source, LineSource::Open(path, kFileBytesMax));
  std::string text;
  InputLine line;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, source.Next(&line));
    if (!more) return text;
    if (text.size() + line.length + 1 > kFileBytesMax) {
      return InvalidArgument("{} has more than {} bytes; is it the right file?", path,
                             kFileBytesMax);
    }
    text += line.text;
    text += '\n';
  }
}

absl::Status WriteTextFile(const std::string& path, std::string_view text) {
  const std::string unfinished = path + std::string(kUnfinished);
  std::FILE* file = std::fopen(unfinished.c_str(), "wb");
  if (file == nullptr) {
    return InvalidArgument("cannot write {}: {}; give another name", path, std::strerror(errno));
  }
  bool ok = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  ok &= std::fclose(file) == 0;
  if (ok && std::rename(unfinished.c_str(), path.c_str()) == 0) return absl::OkStatus();
  const int error = errno;
  std::remove(unfinished.c_str());
  return absl::UnavailableError(
      fmt::format("cannot write {}: {}; make room on the disk", path, std::strerror(error)));
}

}  // namespace aisle
