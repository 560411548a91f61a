// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one table from the codes of absl::Status to those of HTTP, and the names of HTTP's.
#pragma once

#include <string_view>

#include "core/status.h"

namespace aisle {

// The HTTP code for an error; 200 for OK.
int HttpStatusOf(const absl::Status& status);
// "Not Found"; "Unknown" for codes that the server does not use.
std::string_view HttpReason(int status);

}  // namespace aisle
