// SPDX-License-Identifier: GPL-3.0-or-later
//
// Xapian reports by exceptions; none crosses this layer.
#pragma once

#include <string>
#include <utility>

#include <xapian.h>

#include "core/status.h"

namespace aisle {

// The status for a Xapian error: ResourceExhausted for a full disk, DataLoss for a damaged
// database.
absl::Status XapianStatus(const Xapian::Error& error, std::string_view what);

// Runs fn() and turns what it throws into a status; `what` says what was being done.
template <typename Fn>
auto CatchXapian(std::string_view what, Fn&& fn) -> decltype(fn()) {
  try {
    return std::forward<Fn>(fn)();
  } catch (const Xapian::Error& error) {
    return XapianStatus(error, what);
  } catch (const std::bad_alloc&) {
    return ResourceExhausted("{}: out of memory", what);
  }
}

}  // namespace aisle
