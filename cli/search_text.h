// SPDX-License-Identifier: GPL-3.0-or-later
//
// A search answer as text for people.
#pragma once

#include <cstddef>
#include <string>

#include "core/json.h"

namespace aisle {

// The marks that a search must ask for around highlighted words: control characters, which no text
// has and the terminal never gets to see.
inline constexpr const char* kHighlightBegin = "\x02";
inline constexpr const char* kHighlightEnd = "\x03";

struct SearchTextOptions {
  size_t width = 80;  // columns
  bool bold = false;  // highlighted words and headings, by terminal codes
};

// `answer`: as `GET /collections/C/documents/search` gives it, with the marks above. What it lacks
// is left out.
std::string RenderSearch(const Json& answer, const SearchTextOptions& options);

}  // namespace aisle
