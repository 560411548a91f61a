// SPDX-License-Identifier: GPL-3.0-or-later
//
// A clock for intervals and deadlines: it never jumps, as the time of day does when somebody sets
// it.
#pragma once

#include <chrono>

#include <absl/time/time.h>

namespace aisle {

// Thread safe. Only differences of such times mean something.
inline absl::Time SteadyNow() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace aisle
