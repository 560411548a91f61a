// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small files as one text: read whole, plain or gzip, and written so that a reader sees all or
// nothing.
#pragma once

#include <string>
#include <string_view>

#include "core/status.h"

namespace aisle {

// `path`: a file or "-" for standard input. InvalidArgument if it cannot be read or has, unpacked,
// more than 256 MB. Line ends become "\n"; a byte order mark is left out.
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

// Replaces the file. InvalidArgument if it cannot be made there, Unavailable if it cannot be
// written to the end.
absl::Status WriteTextFile(const std::string& path, std::string_view text);

}  // namespace aisle
