// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access_log.h"

#include <spdlog/spdlog.h>

#include "server/query_string.h"

namespace aisle {
namespace {

constexpr size_t kTargetBytesMax = 1024;

spdlog::level::level_enum LevelOf(int status) {
  if (status >= 500) return spdlog::level::err;
  if (status == 401 || status == 408 || status == 429) return spdlog::level::warn;
  return spdlog::level::info;
}

// Control characters could forge lines of the log.
std::string Printable(std::string_view target) {
  std::string text = ValidUtf8(WithoutKeys(target), kTargetBytesMax);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return text;
}

}  // namespace

AccessLog::AccessLog(bool enabled)
    : level_min_(enabled ? spdlog::get_level() : spdlog::level::off) {}

bool AccessLog::Logs(int status) const { return LevelOf(status) >= level_min_; }

void AccessLog::Write(const AccessEntry& entry) const {
  const double ms = std::chrono::duration<double, std::milli>(entry.latency).count();
  spdlog::log(LevelOf(entry.status), "{} {} {} {} {}B {:.2f}ms", entry.client,
              HttpMethodName(entry.request->method), Printable(entry.request->target), entry.status,
              entry.bytes, ms);
}

}  // namespace aisle
