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
// error for 5xx. Keys in the target are replaced. Immutable, thread safe.
class AccessLog {
 public:
  // What it logs is settled now: by `enabled` and by the logger's level.
  explicit AccessLog(bool enabled);

  // Whether an answer of this status is logged.
  bool Logs(int status) const;
  // REQUIRES: Logs(entry.status).
  void Write(const AccessEntry& entry) const;

 private:
  const int level_min_;
};

}  // namespace aisle
