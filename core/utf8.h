// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace aisle {

// Whether the text is well-formed UTF-8: no overlong forms, surrogates, or values past U+10FFFF.
// Implemented in core/json_reader.cc, the only file that includes simdjson.
bool IsValidUtf8(std::string_view text);

// Whether the text has nothing but white space, that of Unicode included, or nothing at all.
bool IsBlank(std::string_view text);

}  // namespace aisle
