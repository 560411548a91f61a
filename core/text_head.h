// SPDX-License-Identifier: GPL-3.0-or-later
//
// The head of a text: its first eight bytes as a number that sorts as they do, zeros behind a
// shorter text. Few words need more to be told apart, and comparing numbers is many times faster
// than comparing texts. Equal heads say nothing.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace aisle {

inline uint64_t TextHead(std::string_view text) {
  static_assert(std::endian::native == std::endian::little);
  const size_t size = text.size();
  if (size >= 8) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), 8);
    return __builtin_bswap64(bytes);
  }
  if (size >= 4) {  // the first four and the last four, which may overlap
    uint32_t first = 0, last = 0;
    std::memcpy(&first, text.data(), 4);
    std::memcpy(&last, text.data() + size - 4, 4);
    return uint64_t{__builtin_bswap32(first)} << 32 | uint64_t{__builtin_bswap32(last)}
                                                          << (8 * (8 - size));
  }
  uint64_t head = 0;
  for (size_t i = 0; i < size; ++i) {
    head |= uint64_t{static_cast<uint8_t>(text[i])} << (8 * (7 - i));
  }
  return head;
}

}  // namespace aisle
