// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/unicode.h"

#include "text/fold.h"
#include "text/utf8.h"

namespace aisle {

std::string FoldForSort(std::string_view text) {
  std::string folded;
  std::string plain;
  FoldCase(text, &folded);
  RemoveAccents(folded, &plain);
  return plain;
}

std::u32string ToCodePoints(std::string_view text) {
  std::u32string code_points;
  code_points.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const DecodedChar c = DecodeChar(text, i);
    code_points.push_back(c.value == kInvalidChar ? U'\uFFFD' : c.value);
    i = c.end;
  }
  return code_points;
}

}  // namespace aisle
