// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search inside a facet's values, and in categories and brands for suggestions: does a label hold
// these words?
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace aisle {

// A function that says whether each word of `text` begins a word of the label (without case and
// accents). Texts without words accept everything. `locale` decides what a word is. Not thread
// safe: one for each request.
std::function<bool(std::string_view label)> LabelMatcher(std::string_view text,
                                                         const std::string& locale);

}  // namespace aisle
