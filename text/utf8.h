// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading UTF-8 that may be damaged. Thread safe; offsets are in bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace aisle {

// Stands for what is not UTF-8.
inline constexpr char32_t kInvalidChar = 0xFFFFFFFF;

struct DecodedChar {
  char32_t value;
  std::size_t end;  // The offset behind it.
};

// The character that begins at `offset`, which is less than text.size(). What is invalid is taken
// in the steps that Unicode recommends: at least one byte, never a byte of the next character.
DecodedChar DecodeChar(std::string_view text, std::size_t offset);

struct PrecedingChar {
  char32_t value;
  std::size_t begin;
};

// The character that ends at `offset`, which is not 0.
PrecedingChar DecodeCharBefore(std::string_view text, std::size_t offset);

// All characters of a text.
std::u32string DecodeText(std::string_view text);

// Appends the UTF-8 of a character; of kInvalidChar, U+FFFD.
void AppendChar(char32_t c, std::string* out);

// The length of the ASCII text at the beginning.
std::size_t AsciiPrefix(std::string_view text);

inline bool IsAscii(std::string_view text) { return AsciiPrefix(text) == text.size(); }

}  // namespace aisle
