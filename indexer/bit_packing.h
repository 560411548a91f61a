// SPDX-License-Identifier: GPL-3.0-or-later
//
// Blocks of 128 ascending numbers, as distances packed into as many bits as the largest needs, laid
// out so that four are unpacked at a time.
//
//   Layout: number 4 i + l stands in lane l. A lane is a stream of 32-bit words, `width` bits a
//   number, lowest bits first; word w of the four lanes stand side by side (16 bytes). This is the
//   vertical layout of Lemire and Boytsov, "Decoding billions of integers per second through
//   vectorization" (2015). Distances are to the number before.
//
// Vectors are GCC's: SSE2 on every x86-64, NEON on arm64, plain code elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace aisle {

inline constexpr size_t kPackedBlock = 128;
// Bytes of a packed block.
constexpr size_t PackedBytes(unsigned width) { return 16 * size_t{width}; }

// Bits that the distances of 128 ascending numbers need, the first from `before`.
unsigned PackedWidth(const uint32_t* numbers, uint32_t before);
// Writes PackedBytes(width) bytes.
void PackBlock(const uint32_t* numbers, uint32_t before, unsigned width, uint8_t* out);
// Reads what PackBlock wrote with the same `before` and `width`; `numbers` has room for 128.
void UnpackBlock(const uint8_t* packed, uint32_t before, unsigned width, uint32_t* numbers);

}  // namespace aisle
