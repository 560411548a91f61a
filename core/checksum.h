// SPDX-License-Identifier: GPL-3.0-or-later
//
// CRC-32C (Castagnoli), the checksum of iSCSI and ext4: finds every burst of up to 32 wrong bits.
// It guards against decay and bugs, not against an attacker.
#pragma once

#include <cstdint>
#include <string_view>

namespace aisle {

// The CRC-32C of `bytes`. Crc32c(b, Crc32c(a)) is the CRC-32C of a followed by b.
uint32_t Crc32c(std::string_view bytes, uint32_t crc = 0);
// The same on any processor.
uint32_t SlowCrc32c(std::string_view bytes, uint32_t crc = 0);

}  // namespace aisle
