// SPDX-License-Identifier: GPL-3.0-or-later
//
// CodeTally: what is known beforehand of the codes that the matches of a segment have in a column
// of ordinals: nothing, the code of each match, or how many matches have each code.
#pragma once

#include <cstdint>
#include <span>

namespace aisle {

struct CodeTally {
  std::span<const uint16_t> codes;   // of all matches, in order; or empty
  std::span<const uint32_t> counts;  // by code, at least as many as there are; or empty
};

}  // namespace aisle
