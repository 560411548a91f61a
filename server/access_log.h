// SPDX-License-Identifier: GPL-3.0-or-later
//
// One line for each request.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "server/http_message.h"

namespace aisle {

struct AccessEntry {
  std::string_view client;  // address
  const HttpRequest* request = nullptr;
  int status = 0;
  uint64_t bytes = 0;  // of the answer's body as sent
  std::chrono::nanoseconds latency{};
};

// Info for what worked, warning for 4xx that hint at a wrong client or an attack (401, 408, 429),
// error for 5xx. Keys in the target are replaced. Thread safe.
void LogAccess(const AccessEntry& entry);

}  // namespace aisle
