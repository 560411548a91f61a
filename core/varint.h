// SPDX-License-Identifier: GPL-3.0-or-later
//
// Varints: numbers in few bytes, little-endian base 128, at most 10 bytes, as in Protocol Buffers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace aisle {

inline void AppendVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

// Takes a varint off the front of `bytes`; false, with nothing promised about `bytes`, if there is
// none.
inline bool TakeVarint(std::string_view* bytes, uint64_t* value) {
  *value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (bytes->empty()) return false;
    const uint64_t bits = static_cast<unsigned char>(bytes->front()) & 0x7F;
    const bool is_last = (bytes->front() & 0x80) == 0;
    bytes->remove_prefix(1);
    if (shift == 63 && bits > 1) return false;  // the tenth byte has room for one bit
    *value |= bits << shift;
    if (is_last) return true;
  }
  return false;
}

// Signed numbers near zero as small unsigned ones: 0, -1, 1, -2, ...
inline uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
inline int64_t UnZigZag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

}  // namespace aisle
