// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/socket_wait.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/steady_clock.h"

namespace aisle {
namespace {

constexpr absl::Duration kStopInterval = absl::Milliseconds(50);

}  // namespace

absl::Status AwaitReadable(int socket, absl::Time deadline, const std::atomic<bool>* stop) {
  while (true) {
    if (stop != nullptr && *stop) return absl::CancelledError("stopping");
    const absl::Duration left = deadline - SteadyNow();
    if (left < absl::ZeroDuration()) return absl::DeadlineExceededError("no answer in time");
    pollfd readable{.fd = socket, .events = POLLIN, .revents = 0};
    // Rounded up: a wait of less than a millisecond must not become a busy loop.
    const int64_t wait =
        absl::ToInt64Milliseconds(std::min(left, kStopInterval) + absl::Microseconds(999));
    const int ready = poll(&readable, 1, static_cast<int>(wait));
    if (ready > 0) return absl::OkStatus();
    if (ready < 0 && errno != EINTR) {
      return absl::UnavailableError(
          fmt::format("the connection is lost: {}", std::strerror(errno)));
    }
  }
}

}  // namespace aisle
