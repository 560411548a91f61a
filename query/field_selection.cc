// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/field_selection.h"

#include <optional>
#include <string_view>

namespace aisle {
namespace {

using Paths = std::vector<std::string_view>;

// What is left of the paths below the member `key`.
struct Below {
  bool is_named = false;  // a path ends here
  Paths rests;
};

Below Descend(const Paths& paths, std::string_view key) {
  Below below;
  for (const std::string_view path : paths) {
    if (!path.starts_with(key)) continue;
    if (path.size() == key.size()) below.is_named = true;
    if (path.size() > key.size() && path[key.size()] == '.') {
      below.rests.push_back(path.substr(key.size() + 1));
    }
  }
  return below;
}

// The selected part of `json`; nullopt if nothing of it is. `include` is null where everything is
// included.
std::optional<Json> Select(const Json& json, const Paths* include, const Paths& exclude) {
  if (include == nullptr && exclude.empty()) return json;
  if (json.is_array()) {
    Json::Array kept;
    for (const Json& element : json.as_array()) {
      if (auto part = Select(element, include, exclude)) kept.push_back(*std::move(part));
    }
    if (kept.empty() && include != nullptr) return std::nullopt;
    return Json(std::move(kept));
  }
  if (!json.is_object()) return include == nullptr ? std::optional<Json>(json) : std::nullopt;
  Json::Object kept;
  for (const auto& [key, member] : json.as_object()) {
    const Below excluded = Descend(exclude, key);
    if (excluded.is_named) continue;
    Below included;
    if (include != nullptr) {
      included = Descend(*include, key);
      if (!included.is_named && included.rests.empty()) continue;
    }
    const bool is_whole = include == nullptr || included.is_named;
    auto part = Select(member, is_whole ? nullptr : &included.rests, excluded.rests);
    if (part) kept.emplace_back(key, *std::move(part));
  }
  if (kept.empty() && include != nullptr) return std::nullopt;
  return Json(std::move(kept));
}

}  // namespace

std::string FieldSelection::Apply(const Json& source) const {
  const Paths include(include_.begin(), include_.end());
  const Paths exclude(exclude_.begin(), exclude_.end());
  const auto selected = Select(source, include.empty() ? nullptr : &include, exclude);
  return selected ? selected->Dump() : "{}";
}

}  // namespace aisle
