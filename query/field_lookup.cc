// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/field_lookup.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/ranges.h>

#include "core/limits.h"
#include "text/edit_distance.h"

namespace aisle {
namespace {

constexpr size_t kNamesListed = 20;
// Names that differ by more are all alike.
constexpr int kDistanceMax = 6;

int Distance(std::string_view a, std::string_view b) {
  return BoundedEditDistance(std::u32string(a.begin(), a.end()), std::u32string(b.begin(), b.end()),
                             kDistanceMax);
}

std::string AllowedNames(std::string_view wanted, const Schema& schema, const FieldUse& use) {
  std::vector<std::pair<int, std::string_view>> names;
  const auto add = [&](std::string_view name) { names.emplace_back(Distance(wanted, name), name); };
  for (const Field& field : schema.fields()) {
    if (use.allows(field)) add(field.name);
  }
  if (!use.extra.empty()) add(use.extra);
  if (names.empty()) return "no field of this collection";
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> listed;
  for (const auto& [distance, name] : names) {
    if (listed.size() == kNamesListed) break;
    listed.push_back(fmt::format("`{}`", name));
  }
  const size_t rest = names.size() - listed.size();
  return fmt::format("{}{}", fmt::join(listed, ", "),
                     rest == 0 ? "" : fmt::format(" and {} more", rest));
}

}  // namespace

absl::StatusOr<size_t> FindField(std::string_view name, const Schema& schema, const FieldUse& use) {
  const auto number = schema.NumberOf(name);
  if (number && use.allows(schema.fields()[*number])) return *number;
  name = name.substr(0, limits::kNameBytesMax);
  const std::string allowed = AllowedNames(name, schema, use);
  if (!number) return InvalidArgument("there is no field `{}`: allowed are {}", name, allowed);
  return InvalidArgument("field `{}` ({}) cannot be {}, that needs {}: allowed are {}", name,
                         schema.fields()[*number].TypeText(), use.verb, use.needs, allowed);
}

}  // namespace aisle
