// SPDX-License-Identifier: GPL-3.0-or-later
//
// Members of nested objects by their paths, such as "offer.price".
#pragma once

#include <string_view>

#include "core/json.h"

namespace aisle {

// Sets a member of `object`; objects on the way to it are made where there are none. What stands on
// the way must be objects.
void SetAtPath(std::string_view path, Json value, Json* object);

}  // namespace aisle
