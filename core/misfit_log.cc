// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/misfit_log.h"

#include <mutex>
#include <string>
#include <utility>

#include <absl/container/flat_hash_set.h>
#include <spdlog/spdlog.h>

namespace aisle {
namespace {

constexpr size_t kFieldsToldMax = 10000;

// Whether this is to be told: it is for the first time, and there is room to remember it.
bool IsNews(std::string_view collection, const std::string& field) {
  static std::mutex mutex;
  static absl::flat_hash_set<std::pair<std::string, std::string>> told;
  const std::lock_guard lock(mutex);
  return told.size() < kFieldsToldMax && told.emplace(collection, field).second;
}

}  // namespace

void LogMisfits(std::string_view collection, const Document& document) {
  for (const Misfit& misfit : document.left_out) {
    if (!IsNews(collection, misfit.field)) continue;
    spdlog::warn("collection {}: a stored value is not indexed, document `{}`: {}", collection,
                 document.id, misfit.reason);
  }
}

}  // namespace aisle
