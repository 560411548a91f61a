// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/utf8.h"

#include <array>
#include <cstdint>

namespace aisle {
namespace {

// White_Space of the Unicode Character Database, and the zero width space and byte order mark that
// spreadsheets leave behind.
constexpr std::array<std::string_view, 27> kSpaces = {
    " ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\u0085", "\u00A0", "\u1680",
    "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
    "\u2009", "\u200A", "\u200B", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF"};

// The length of the white space at the front; 0 if there is none. REQUIRES: `text` is not empty.
size_t SpaceAtFront(std::string_view text) {
  // Most texts begin with a letter or a digit.
  const auto first = static_cast<uint8_t>(text.front());
  if (first > ' ' && first < 0x80) return 0;
  for (const std::string_view space : kSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

}  // namespace

bool IsBlank(std::string_view text) {
  while (!text.empty()) {
    const size_t length = SpaceAtFront(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace aisle
