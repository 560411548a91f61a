// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tells the operator that stored documents have values that are not indexed.
#pragma once

#include <string_view>

#include "core/document.h"

namespace aisle {

// Logs what was left out of `document` of this collection: each field once in the life of the
// process, however many documents do not fit and however often they are read. Thread safe.
void LogMisfits(std::string_view collection, const Document& document);

}  // namespace aisle
