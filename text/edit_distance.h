// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace aisle {

// The number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into
// `b`, where no character is edited twice (optimal string alignment: "ca" to "abc" is 3). Counted
// up to `limit` (0 or more): a greater distance is reported as limit + 1, soon after it is certain.
// Time O((limit + 1) * length), no allocation for words of up to 64 characters. Thread safe.
int BoundedEditDistance(std::u32string_view a, std::u32string_view b, int limit);

}  // namespace aisle
