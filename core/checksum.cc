// SPDX-License-Identifier: GPL-3.0-or-later
//
// Processors of the last fifteen years have an instruction for it. Elsewhere it is table-driven,
// eight bytes a step ("slicing by 8"): table[k][b] is what byte b contributes when k more bytes
// follow it in the same step.
#include "core/checksum.h"

#include <array>
#include <cstddef>
#include <cstring>

namespace aisle {
namespace {

constexpr size_t kSlices = 8;
using Tables = std::array<std::array<uint32_t, 256>, kSlices>;

constexpr Tables MakeTables() {
  constexpr uint32_t kPolynomial = 0x82F63B78;  // reversed: the lowest bit is the highest power
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? kPolynomial : 0);
    tables[0][byte] = crc;
  }
  for (size_t k = 1; k < kSlices; ++k) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t shorter = tables[k - 1][byte];
      tables[k][byte] = (shorter >> 8) ^ tables[0][shorter & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) uint32_t UpdateByInstruction(std::string_view bytes,
                                                               uint32_t crc) {
  uint64_t wide = crc;
  while (bytes.size() >= sizeof(uint64_t)) {
    uint64_t next = 0;
    std::memcpy(&next, bytes.data(), sizeof(next));
    wide = __builtin_ia32_crc32di(wide, next);
    bytes.remove_prefix(sizeof(next));
  }
  crc = static_cast<uint32_t>(wide);
  for (const char c : bytes) crc = __builtin_ia32_crc32qi(crc, static_cast<unsigned char>(c));
  return crc;
}
#endif

uint32_t UpdateByTables(std::string_view bytes, uint32_t crc) {
  while (bytes.size() >= kSlices) {
    uint32_t next = 0;
    for (size_t i = 0; i < kSlices; ++i) {
      const uint32_t mixed_in = i < 4 ? crc >> (8 * i) : 0;
      const uint32_t byte = (static_cast<unsigned char>(bytes[i]) ^ mixed_in) & 0xFF;
      next ^= kTables[kSlices - 1 - i][byte];
    }
    crc = next;
    bytes.remove_prefix(kSlices);
  }
  for (const char c : bytes) {
    crc = (crc >> 8) ^ kTables[0][(crc ^ static_cast<unsigned char>(c)) & 0xFF];
  }
  return crc;
}

}  // namespace

uint32_t Crc32c(std::string_view bytes, uint32_t crc) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("sse4.2")) return ~UpdateByInstruction(bytes, ~crc);
#endif
  return ~UpdateByTables(bytes, ~crc);
}

uint32_t SlowCrc32c(std::string_view bytes, uint32_t crc) { return ~UpdateByTables(bytes, ~crc); }

}  // namespace aisle
