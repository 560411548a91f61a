// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/utf8.h"

namespace aisle {

// A form that compares text without case, accents and width: for the alphabetical order of facet
// values and for searching among them ("Émile" and "EMILE" give "emile"). Blanks and punctuation
// stay. Invalid bytes become U+FFFD. Folding a folded text changes nothing. Thread safe.
std::string FoldForSort(std::string_view text);

// The code points of a text; invalid bytes become U+FFFD. For edit distances.
std::u32string ToCodePoints(std::string_view text);

}  // namespace aisle
