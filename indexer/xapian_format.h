// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a segment's Xapian database holds; readable with xapian-delve.
//
//   document data     the source, JSON text
//   term "Q" + id     one posting, no wdf: the document's id
//   term "X03:shoe"   the word `shoe` in field number 0x03; wdf is its frequency there (1..255)
//   value slot 0      the document's order, 8 bytes little endian
//   value slot 1      the document's id
//   value slot 2 + n  the column of field number n: integers and floats 8 bytes each, little endian
//   (floats as IEEE
//                     754 bits), geopoints two floats each, texts each as a 4-byte length and its
//                     bytes
//   metadata "aisle.format"  "1"
//
// Document ids ascend from 1 without gaps: Xapian's document n + 1 is DocId n of the segment. There
// is no termlist table: segments are never changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/document.h"
#include "core/schema.h"

namespace aisle {

inline constexpr char kXapianFormatKey[] = "aisle.format";
inline constexpr char kXapianFormat[] = "1";
inline constexpr unsigned kOrderSlot = 0;
inline constexpr unsigned kIdSlot = 1;
inline constexpr unsigned kColumnSlot = 2;

// "X03:" for field number 3.
std::string XapianFieldPrefix(size_t field);
inline std::string XapianIdTerm(std::string_view id) { return "Q" + std::string(id); }

// Column values <-> the bytes of a value slot. Decode returns false for bytes that Encode cannot
// have made.
std::string EncodeColumn(const FieldValues& values);
bool DecodeColumn(const Field& field, std::string_view bytes, FieldValues* values);

std::string EncodeOrder(uint64_t order);
bool DecodeOrder(std::string_view bytes, uint64_t* order);

}  // namespace aisle
