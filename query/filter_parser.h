// SPDX-License-Identifier: GPL-3.0-or-later
//
// The language of `filter_by`:
//
//   filter     = both { ("||" | "OR") both }
//   both       = part { ("&&" | "AND") part }
//   part       = ("!" | "NOT") part | "(" filter ")" | condition
//   condition  = field operator values
//   operator   = ":" | ":=" | ":!" | ":!=" | ":>" | ":>=" | ":<" | ":<="
//   values     = value | "[" value { "," value } "]" | "*" | "(" latitude "," longitude "," radius
//   ")" value      = plain text up to , ] ) && || AND OR, or anything in backticks (where \` is a
//   backtick and \\ a
//                backslash); of a number field a number or a range "from..to", of which either end
//                may be left out
//   radius     = number ("km" | "m" | "mi")
//
//   field:*   there is a value          text  : has the words, "wire*" is a prefix     := is the
//   value field:!*  there is none             number, boolean  : and := are the same         :!=
//   and :! negate
#pragma once

#include <string_view>

#include "core/schema.h"
#include "core/status.h"
#include "query/filter.h"

namespace aisle {

// Blank text is Filter::Kind::kAll. InvalidArgument names the column (in characters, from 1), what
// was found there and what is expected, and where it stands: in `parameter`. Size and nesting are
// bounded by core/limits.h. Thread safe.
absl::StatusOr<Filter> ParseFilter(std::string_view text, const Schema& schema,
                                   std::string_view parameter = "filter_by");

}  // namespace aisle
