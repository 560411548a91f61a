// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/status.h"

namespace aisle {

// Joins the databases of segments into a new one at `directory`, which must not exist: all
// documents, live or not, those of the first segment first. Durable when it returns. Much faster
// than writing documents anew, since Xapian copies whole posting lists. Thread safe.
absl::Status CompactXapianSegments(const std::vector<std::string>& segments,
                                   const std::string& directory);

}  // namespace aisle
