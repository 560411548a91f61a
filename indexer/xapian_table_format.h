// SPDX-License-Identifier: GPL-3.0-or-later
//
// The format of a table of a Xapian database (xapian-core 1.4, backends/glass/glass_table.h), for
// those who write and read it without Xapian. Numbers in blocks are big endian.
//
//   A table is a B-tree of blocks of 8 KiB. A block:
//     4 bytes revision, 1 level (0: a leaf), 2 largest free run, 2 all that is free, 2 end of the
//     directory; the directory: 2 bytes for each item, in order of keys; free; items
//   An item of a leaf:   2 bytes: flags and size less 3; 1 byte length of the key; the key;
//                        2 bytes component, but not for the first; a part of the tag
//   An item of a branch: 4 bytes block; 1 byte length of the key; the key; 2 bytes component
//   The first item of the table and of each branch block has an empty key.
//   A tag that is too large for an item is divided into components.
#pragma once

#include <cstddef>
#include <cstdint>

namespace aisle::xapian_table {

inline constexpr size_t kBlockBytes = 8192;
inline constexpr size_t kDirectoryStart = 11;
inline constexpr size_t kPlaceBytes = 2;  // of an item in the directory
inline constexpr size_t kComponentBytes = 2;
inline constexpr size_t kLeafHead = 3;    // size and length of the key
inline constexpr size_t kBranchHead = 5;  // block and length of the key
// In the size of a leaf's item.
inline constexpr uint8_t kDeflated = 0x80, kLast = 0x40, kFirst = 0x20;

}  // namespace aisle::xapian_table
