// SPDX-License-Identifier: GPL-3.0-or-later
//
// CodeRows: the codes of a segment's ordinal columns once more, those of one document side by side.
// A search that counts several facets over few of many documents reads a line of memory for each
// document and column; from rows it reads one for each document. Immutable; read by any number of
// threads.
//
// A row is 32 bits, of which a column takes as many as its largest code needs: two or three columns
// of thousands of values share one. There are several arrays of rows, filled in the order of the
// fields; a column that would be alone in its array is in none.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/large_array.h"
#include "facets/column.h"
#include "facets/counters.h"
#include "facets/matches.h"

namespace aisle {

class CodeRows {
 public:
  // Of a segment too small for them to be of use: none.
  CodeRows() = default;
  // `columns`: those of a segment of `documents`, by field number.
  CodeRows(std::span<const AnyColumn> columns, uint32_t documents);

  // Those of `fields` whose codes for the matches are cheaper to read here than in columns.
  std::vector<size_t> Worthwhile(const Matches& matches, std::span<const size_t> fields) const;
  // The codes of the matches in each of `fields`, which Worthwhile() gave: one array after the
  // other.
  std::vector<uint16_t> Gather(const Matches& matches, std::span<const size_t> fields) const;
  // For each of `fields`, which Worthwhile() gave, how many matches have each code.
  std::vector<Counters> Count(const Matches& matches, std::span<const size_t> fields) const;
  // Whether Count() is for so many matches cheaper than Gather().
  bool AreMany(uint32_t matches, std::span<const size_t> fields) const;

  size_t MemoryBytes() const;

 private:
  static constexpr size_t kArraysMax = 4;

  // Of a field's code in a row of an array; no codes: it is not there.
  struct Place {
    uint8_t array = 0;
    uint8_t shift = 0;
    uint32_t mask = 0;
    uint32_t codes = 0;
  };

  bool Has(size_t field) const { return field < places_.size() && places_[field].codes > 0; }
  void ChoosePlaces(std::span<const AnyColumn> columns);
  // visit(field's place in `fields`, its Place, rows) for each block of matches and each field.
  template <typename Visit>
  void ForEachBlock(const Matches& matches, std::span<const size_t> fields,
                    const Visit& visit) const;

  uint32_t documents_ = 0;
  std::vector<Place> places_;  // by field number
  std::vector<LargeArray<uint32_t>> arrays_;
};

}  // namespace aisle
