// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace aisle {

// One word of a text, as an Analyzer emits it. Both forms are valid UTF-8, never empty, and at most
// kTokenBytesMax long.
struct Token {
  std::string term;       // What is indexed: normalised and, if the analyzer stems, stemmed.
  std::string surface;    // Normalised, not stemmed: for completions, prefixes and exact matches.
  uint32_t position = 0;  // Word position, 0-based, counted within one call of Analyze().
  uint32_t begin = 0;     // Byte offsets into the analysed text, [begin, end), never inside a
  uint32_t end = 0;       // character: the whole word as written, for highlighting.
};

}  // namespace aisle
