// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <unicode/utf8.h>

namespace aisle {

DecodedChar DecodeChar(std::string_view text, std::size_t offset) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data()) + offset;
  const auto left =
      static_cast<int32_t>(std::min<std::size_t>(text.size() - offset, U8_MAX_LENGTH));
  int32_t length = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, length, left, c);
  return {c < 0 ? kInvalidChar : static_cast<char32_t>(c),
          offset + static_cast<std::size_t>(length)};
}

std::u32string DecodeText(std::string_view text) {
  std::u32string characters;
  for (size_t at = 0; at < text.size();) {
    const DecodedChar decoded = DecodeChar(text, at);
    characters.push_back(decoded.value);
    at = decoded.end;
  }
  return characters;
}

PrecedingChar DecodeCharBefore(std::string_view text, std::size_t offset) {
  const std::size_t start = offset - std::min<std::size_t>(offset, U8_MAX_LENGTH);
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data()) + start;
  auto length = static_cast<int32_t>(offset - start);
  UChar32 c = 0;
  U8_PREV(bytes, 0, length, c);
  return {c < 0 ? kInvalidChar : static_cast<char32_t>(c),
          start + static_cast<std::size_t>(length)};
}

void AppendChar(char32_t c, std::string* out) {
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  const char32_t written = c == kInvalidChar ? U'\uFFFD' : c;
  U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(written));
  out->append(bytes, static_cast<std::size_t>(length));
}

std::size_t AsciiPrefix(std::string_view text) {
  std::size_t length = 0;
  while (length + 8 <= text.size()) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + length, sizeof(bytes));
    if ((bytes & 0x8080808080808080u) != 0) break;
    length += 8;
  }
  while (length < text.size() && static_cast<unsigned char>(text[length]) < 0x80) ++length;
  return length;
}

}  // namespace aisle
