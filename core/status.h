// SPDX-License-Identifier: GPL-3.0-or-later
//
// Errors are values. Every fallible function of Aisle returns absl::Status or absl::StatusOr; the
// message is for the person who made the request and names the field, the offending value and what
// is allowed. The server maps the code to an HTTP status in one table (server/status_http.cc).
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <fmt/format.h>

namespace aisle {

// The message of a status as a std::string_view (Abseil's own string_view differs on this
// platform). It lives as long as the status.
inline std::string_view Message(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

// Builders that format: InvalidArgument("per_page is {}: allowed are 0..{}", n, kPerPageMax).
template <typename... Args>
absl::Status InvalidArgument(fmt::format_string<Args...> format, Args&&... args) {
  return absl::InvalidArgumentError(fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
absl::Status NotFound(fmt::format_string<Args...> format, Args&&... args) {
  return absl::NotFoundError(fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
absl::Status AlreadyExists(fmt::format_string<Args...> format, Args&&... args) {
  return absl::AlreadyExistsError(fmt::format(format, std::forward<Args>(args)...));
}
// Well-formed, but not allowed in this state or by this schema (HTTP 422).
template <typename... Args>
absl::Status FailedPrecondition(fmt::format_string<Args...> format, Args&&... args) {
  return absl::FailedPreconditionError(fmt::format(format, std::forward<Args>(args)...));
}
// A bound was reached; the caller may try again later or with less (HTTP 429; 507 for a full disk).
template <typename... Args>
absl::Status ResourceExhausted(fmt::format_string<Args...> format, Args&&... args) {
  return absl::ResourceExhaustedError(fmt::format(format, std::forward<Args>(args)...));
}
// Stored data are not as they were written.
template <typename... Args>
absl::Status DataLoss(fmt::format_string<Args...> format, Args&&... args) {
  return absl::DataLossError(fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
absl::Status Internal(fmt::format_string<Args...> format, Args&&... args) {
  return absl::InternalError(fmt::format(format, std::forward<Args>(args)...));
}

// The same error with "context: " before its message.
inline absl::Status WithContext(const absl::Status& status, std::string_view context) {
  if (status.ok()) return status;
  return absl::Status(status.code(), fmt::format("{}: {}", context, Message(status)));
}

}  // namespace aisle

#define AISLE_CONCAT_INNER_(a, b) a##b
#define AISLE_CONCAT_(a, b) AISLE_CONCAT_INNER_(a, b)

// Returns from the enclosing function if `expr`, an absl::Status, is an error.
#define RETURN_IF_ERROR(expr)                                                           \
  do {                                                                                  \
    if (absl::Status aisle_status_ = (expr); !aisle_status_.ok()) return aisle_status_; \
  } while (false)

// ASSIGN_OR_RETURN(auto x, ExprReturningStatusOr());
// `const auto& x` spares a large value the move: it stays in the result, which lives as long.
#define ASSIGN_OR_RETURN(lhs, expr) \
  ASSIGN_OR_RETURN_IMPL_(AISLE_CONCAT_(aisle_status_or_, __LINE__), lhs, expr)
#define ASSIGN_OR_RETURN_IMPL_(statusor, lhs, expr) \
  auto statusor = (expr);                           \
  if (!statusor.ok()) return statusor.status();     \
  lhs = std::move(statusor).value()
