// SPDX-License-Identifier: GPL-3.0-or-later
//
// Waits for a socket of a client library, without outlasting the feed that uses it.
#pragma once

#include <atomic>

#include <absl/time/time.h>

#include "core/status.h"

namespace aisle {

// Returns when there is something to read. DeadlineExceeded after `deadline`; Cancelled soon after
// `stop` (may be null) is set; Unavailable if the socket cannot be waited for.
absl::Status AwaitReadable(int socket, absl::Time deadline, const std::atomic<bool>* stop);

}  // namespace aisle
