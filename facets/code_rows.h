// SPDX-License-Identifier: GPL-3.0-or-later
//
// CodeRows: the codes of a segment's ordinal columns once more, those of one document side by side.
// A search that counts several facets over few of many documents reads a line of memory for each
// document and column; from rows it reads one for each document. Immutable; read by any number of
// threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/large_array.h"
#include "facets/column.h"
#include "facets/matches.h"

namespace aisle {

class CodeRows {
 public:
  // Of a segment too small for them to be of use: none.
  CodeRows() = default;
  // `columns`: those of a segment of `documents`, by field number. Those of many different lists,
  // or beyond kRowBytes, are left out.
  CodeRows(std::span<const AnyColumn> columns, uint32_t documents);

  bool Has(size_t field) const { return field < places_.size() && places_[field].bytes > 0; }
  // Whether reading the codes of so many fields for the matches is cheaper here than in columns.
  bool IsWorthwhile(const Matches& matches, size_t fields) const;
  // The codes of matches.list() in each of `fields`, all of which are here: one array after the
  // other.
  std::vector<uint16_t> Gather(const Matches& matches, std::span<const size_t> fields) const;

  size_t MemoryBytes() const { return bytes_.capacity() + places_.capacity() * sizeof(Place); }

 private:
  static constexpr size_t kRowBytes = 16;
  // Of a field's code in a row; no bytes: it is not there.
  struct Place {
    uint8_t offset = 0;
    uint8_t bytes = 0;
  };

  size_t stride_ = 0;  // bytes of a row
  uint32_t documents_ = 0;
  std::vector<Place> places_;  // by field number
  LargeArray<uint8_t> bytes_;
};

}  // namespace aisle
