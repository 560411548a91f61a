// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/xapian_error.h"

#include <cerrno>
#include <cstring>
#include <string_view>

namespace aisle {

absl::Status XapianStatus(const Xapian::Error& error, std::string_view what) {
  const char* system = error.get_error_string();
  const std::string text =
      fmt::format("{}: {}{}{}", what, error.get_msg(), system ? ": " : "", system ? system : "");
  if (system != nullptr && std::string_view(system) == std::strerror(ENOSPC)) {
    return absl::ResourceExhaustedError(text + " (free some space on the disk)");
  }
  const std::string_view type = error.get_type();
  if (type == "DatabaseCorruptError" || type == "DatabaseOpeningError" ||
      type == "DatabaseNotFoundError") {
    return absl::DataLossError(text);
  }
  return absl::InternalError(text);
}

}  // namespace aisle
