// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"

#include <algorithm>

#include "core/json_writer.h"

namespace aisle {

const Json* Json::Find(std::string_view key) const {
  if (!is_object()) return nullptr;
  for (const auto& [name, value] : as_object()) {
    if (name == key) return &value;
  }
  return nullptr;
}

void Json::Set(std::string_view key, Json value) {
  for (auto& [name, old] : as_object()) {
    if (name == key) {
      old = std::move(value);
      return;
    }
  }
  as_object().emplace_back(std::string(key), std::move(value));
}

bool Json::Erase(std::string_view key) {
  Object& object = as_object();
  auto it =
      std::find_if(object.begin(), object.end(), [&](const auto& m) { return m.first == key; });
  if (it == object.end()) return false;
  object.erase(it);
  return true;
}

std::string_view Json::TypeName() const {
  static constexpr std::string_view kNames[] = {"null",   "boolean", "integer", "number",
                                                "string", "array",   "object"};
  return kNames[value_.index()];
}

std::string Json::TypeNameWithArticle() const {
  const std::string_view name = TypeName();
  if (is_null()) return std::string(name);
  return fmt::format("{} {}", is_int() || is_array() || is_object() ? "an" : "a", name);
}

bool Json::HoldsValue() const {
  if (is_array()) {
    return std::any_of(as_array().begin(), as_array().end(),
                       [](const Json& element) { return element.HoldsValue(); });
  }
  if (is_object()) {
    return std::any_of(as_object().begin(), as_object().end(),
                       [](const auto& member) { return member.second.HoldsValue(); });
  }
  return !is_null();
}

void Json::DumpTo(std::string* out) const {
  JsonWriter writer(out);
  writer.Value(*this);
}

std::string Json::Dump() const {
  std::string out;
  DumpTo(&out);
  return out;
}

}  // namespace aisle
