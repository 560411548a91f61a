// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/code_rows.h"

#include <algorithm>
#include <array>
#include <bit>
#include <variant>

namespace aisle {
namespace {

constexpr unsigned kRowBits = 32;
// Columns of fewer documents stay in the processor's caches.
constexpr uint32_t kWorthwhileDocuments = 1 << 12;
// Where one in so few documents matches, a line of a column serves several matches.
constexpr uint32_t kSparse = 16;

// The column's codes, if they fit what is gathered.
const OrdinalColumn* RowColumn(const AnyColumn& column) {
  const auto* ordinals = std::get_if<OrdinalColumn>(&column);
  return ordinals != nullptr && ordinals->code_count() <= UINT16_MAX ? ordinals : nullptr;
}

unsigned CodeBits(const OrdinalColumn& column) {
  return std::max(static_cast<unsigned>(std::bit_width(column.code_count() - 1)), 1u);
}

}  // namespace

// Each column goes into the first array that has room for it.
void CodeRows::ChoosePlaces(std::span<const AnyColumn> columns) {
  std::array<unsigned, kArraysMax> used{}, sharing{};
  places_.resize(columns.size());
  for (size_t field = 0; field < columns.size(); ++field) {
    const OrdinalColumn* column = RowColumn(columns[field]);
    if (column == nullptr || column->code_count() == 0) continue;
    const unsigned bits = CodeBits(*column);
    for (uint8_t array = 0; array < kArraysMax; ++array) {
      if (used[array] + bits > kRowBits) continue;
      places_[field] = {array, static_cast<uint8_t>(used[array]), static_cast<uint8_t>(bits)};
      used[array] += bits;
      ++sharing[array];
      break;
    }
  }
  for (Place& place : places_) {
    if (sharing[place.array] < 2) place = {};
  }
  arrays_.resize(kArraysMax);
}

CodeRows::CodeRows(std::span<const AnyColumn> columns, uint32_t documents) {
  if (documents < kWorthwhileDocuments) return;
  documents_ = documents;
  ChoosePlaces(columns);
  for (size_t field = 0; field < columns.size(); ++field) {
    if (!Has(field)) continue;
    const Place place = places_[field];
    LargeArray<uint32_t>& rows = arrays_[place.array];
    rows.resize(documents);
    RowColumn(columns[field])->codes().Visit([&](const auto* codes, size_t size) {
      for (size_t doc = 0; doc < size; ++doc) {
        rows[doc] |= static_cast<uint32_t>(codes[doc]) << place.shift;
      }
    });
  }
}

std::vector<size_t> CodeRows::Worthwhile(const Matches& matches,
                                         std::span<const size_t> fields) const {
  std::vector<size_t> worthwhile;
  if (matches.Count() >= documents_ / kSparse) return worthwhile;
  std::array<uint32_t, kArraysMax> asked{};
  for (const size_t field : fields) {
    if (Has(field)) ++asked[places_[field].array];
  }
  for (const size_t field : fields) {
    if (Has(field) && asked[places_[field].array] > 1) worthwhile.push_back(field);
  }
  return worthwhile;
}

std::vector<uint16_t> CodeRows::Gather(const Matches& matches,
                                       std::span<const size_t> fields) const {
  std::vector<uint16_t> codes(matches.Count() * fields.size());
  for (size_t array = 0; array < arrays_.size(); ++array) {
    GatherArray(array, matches, fields, codes.data());
  }
  return codes;
}

// A processor waits for many reads at once, so the rows of some documents are read before anything
// is done with them.
void CodeRows::GatherArray(size_t array, const Matches& matches, std::span<const size_t> fields,
                           uint16_t* codes) const {
  const auto is_here = [&](size_t field) { return places_[field].array == array; };
  if (std::none_of(fields.begin(), fields.end(), is_here)) return;
  const std::span<const DocId> docs = matches.list();
  const uint32_t* rows = arrays_[array].data();
  constexpr size_t kAtATime = 128;
  std::array<uint32_t, kAtATime> read;
  for (size_t begin = 0; begin < docs.size(); begin += kAtATime) {
    const size_t count = std::min(kAtATime, docs.size() - begin);
    for (size_t i = 0; i < count; ++i) read[i] = rows[docs[begin + i]];
    for (size_t f = 0; f < fields.size(); ++f) {
      if (!is_here(fields[f])) continue;
      const Place place = places_[fields[f]];
      const uint32_t mask = (uint32_t{1} << place.bits) - 1;
      uint16_t* out = codes + f * docs.size() + begin;
      for (size_t i = 0; i < count; ++i) {
        out[i] = static_cast<uint16_t>((read[i] >> place.shift) & mask);
      }
    }
  }
}

size_t CodeRows::MemoryBytes() const {
  size_t bytes = places_.capacity() * sizeof(Place);
  for (const auto& rows : arrays_) bytes += rows.capacity() * sizeof(uint32_t);
  return bytes;
}

}  // namespace aisle
