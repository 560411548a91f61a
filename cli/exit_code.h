// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the program ends, for scripts. Every --help lists these.
#pragma once

#include <string_view>

#include "core/status.h"

namespace aisle {

enum class ExitCode : int {
  kOk = 0,
  kSomeRejected = 1,
  kBadInput = 2,
  kServerError = 3,
  kNotFound = 4,
  kNotAllowed = 5,
  kGateFailed = 6,
  kInterrupted = 130,  // 128 + SIGINT, as shells report it
};

inline constexpr std::string_view kExitCodesHelp =
    "Exit codes:\n"
    "  0  done\n"
    "  1  some documents were rejected\n"
    "  2  bad usage or bad input\n"
    "  3  the server cannot be reached, or failed\n"
    "  4  the collection was not found\n"
    "  5  not allowed: the key is missing or wrong\n"
    "  6  a gate of `aisle eval` failed\n"
    "  130  interrupted by SIGINT (Ctrl-C) or SIGTERM";

// REQUIRES: `status` is an error.
inline ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:  // of a local file; a server's 403 is
                                               // kUnauthenticated
    case absl::StatusCode::kOutOfRange:
      return ExitCode::kBadInput;
    case absl::StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case absl::StatusCode::kUnauthenticated:
      return ExitCode::kNotAllowed;
    default:
      return ExitCode::kServerError;
  }
}

}  // namespace aisle
