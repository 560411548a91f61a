// SPDX-License-Identifier: GPL-3.0-or-later
// The template body of core/document.h.
#pragma once

#include "core/document.h"

namespace aisle {

template <typename Visit>
void VisitPath(const Json& json, std::string_view path, const Visit& visit) {
  if (json.is_array()) {
    for (const Json& element : json.as_array()) VisitPath(element, path, visit);
    return;
  }
  if (const Json* exact = json.Find(path)) {
    visit(*exact);
    return;
  }
  const size_t dot = path.find('.');
  if (dot == std::string_view::npos) return;
  if (const Json* member = json.Find(path.substr(0, dot))) {
    VisitPath(*member, path.substr(dot + 1), visit);
  }
}

}  // namespace aisle
