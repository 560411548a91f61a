// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rejects_file.h"

#include <cerrno>
#include <cstring>

#include "core/json_writer.h"
#include "server/http_message.h"

namespace aisle {

absl::StatusOr<RejectsFile> RejectsFile::Create(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "we");
  if (file == nullptr) {
    return InvalidArgument("cannot write {}: {}; give --rejects another name", path,
                           std::strerror(errno));
  }
  return RejectsFile(path, file);
}

absl::Status RejectsFile::Add(const Rejection& rejection, std::string_view text) {
  std::string line;
  JsonWriter w(&line);
  w.BeginObject().Key("line").Value(rejection.line);
  if (!rejection.id.empty()) w.Key("id").Value(rejection.id);
  w.Key("reason").Value(rejection.reason).Key("code").Value(rejection.code);
  const absl::StatusOr<Json> document = ParseJson(text);
  if (document.ok() && document->is_object()) {
    w.Key("document").Value(*document);
  } else {
    w.Key("text").Value(ValidUtf8(text, text.size()));
  }
  w.EndObject();
  line += '\n';
  const bool ok = std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size();
  return ok ? absl::OkStatus() : WriteError();
}

absl::Status RejectsFile::Close() {
  return std::fclose(file_.release()) == 0 ? absl::OkStatus() : WriteError();
}

absl::Status RejectsFile::WriteError() const {
  return absl::UnavailableError(
      fmt::format("cannot write {}: {}; make room on the disk", path_, std::strerror(errno)));
}

}  // namespace aisle
