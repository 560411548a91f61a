// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json_path.h"

#include <utility>

namespace aisle {

void SetAtPath(std::string_view path, Json value, Json* object) {
  const size_t dot = path.find('.');
  if (dot == path.npos) return object->Set(path, std::move(value));
  const std::string_view name = path.substr(0, dot);
  for (auto& [key, member] : object->as_object()) {
    if (key == name) return SetAtPath(path.substr(dot + 1), std::move(value), &member);
  }
  Json nested(Json::Object{});
  SetAtPath(path.substr(dot + 1), std::move(value), &nested);
  object->Set(name, std::move(nested));
}

}  // namespace aisle
