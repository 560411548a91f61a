// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/code_rows.h"

#include <algorithm>
#include <array>
#include <bit>
#include <variant>

#include "core/target_clones.h"

namespace aisle {
namespace {

constexpr unsigned kRowBits = 32;
// Columns of fewer documents stay in the processor's caches.
constexpr uint32_t kWorthwhileDocuments = 1 << 12;
// Where more than one document in so many matches, columns are read from front to back.
constexpr uint32_t kMostShare = 2;
// Codes of at most so many values are counted in several tables.
constexpr uint32_t kFewCodes = 256;

// The column's codes, if they fit what is gathered.
const OrdinalColumn* RowColumn(const AnyColumn& column) {
  const auto* ordinals = std::get_if<OrdinalColumn>(&column);
  return ordinals != nullptr && ordinals->code_count() <= UINT16_MAX ? ordinals : nullptr;
}

unsigned CodeBits(const OrdinalColumn& column) {
  return std::max(static_cast<unsigned>(std::bit_width(column.code_count() - 1)), 1u);
}

AISLE_TARGET_CLONES
void TakeOut(std::span<const uint32_t> rows, unsigned shift, uint32_t mask, uint16_t* codes) {
  for (size_t i = 0; i < rows.size(); ++i)
    codes[i] = static_cast<uint16_t>(rows[i] >> shift & mask);
}

// Adds to the counters of the codes, in `kTables` tables of `codes` counters that take turns.
// Documents with the same code follow upon another often where there are few codes, and an
// increment has to wait for the one before it.
template <size_t kTables>
[[gnu::always_inline]] inline void CountInto(std::span<const uint32_t> rows, unsigned shift,
                                             uint32_t mask, size_t codes, uint32_t* counters) {
  size_t i = 0;
  for (; i + kTables <= rows.size(); i += kTables) {
    for (size_t k = 0; k < kTables; ++k) ++counters[k * codes + (rows[i + k] >> shift & mask)];
  }
  for (; i < rows.size(); ++i) ++counters[rows[i] >> shift & mask];
}

constexpr size_t kTables = 4;

AISLE_TARGET_CLONES
void CountFew(std::span<const uint32_t> rows, unsigned shift, uint32_t mask, size_t codes,
              uint32_t* counters) {
  CountInto<kTables>(rows, shift, mask, codes, counters);
}

AISLE_TARGET_CLONES
void CountMany(std::span<const uint32_t> rows, unsigned shift, uint32_t mask, uint32_t* counters) {
  CountInto<1>(rows, shift, mask, 0, counters);
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
      places_[field] = {array, static_cast<uint8_t>(used[array]), (uint32_t{1} << bits) - 1,
                        column->code_count()};
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
  if (matches.Count() > documents_ / kMostShare) return worthwhile;
  std::array<uint32_t, kArraysMax> asked{};
  for (const size_t field : fields) {
    if (Has(field)) ++asked[places_[field].array];
  }
  for (const size_t field : fields) {
    if (Has(field) && asked[places_[field].array] > 1) worthwhile.push_back(field);
  }
  return worthwhile;
}

// A processor waits for many reads at once, so the rows of a block of documents are read before
// anything is done with them.
template <typename Visit>
void CodeRows::ForEachBlock(const Matches& matches, std::span<const size_t> fields,
                            const Visit& visit) const {
  for (size_t array = 0; array < arrays_.size(); ++array) {
    const auto is_here = [&](size_t field) { return places_[field].array == array; };
    if (std::none_of(fields.begin(), fields.end(), is_here)) continue;
    const uint32_t* rows = arrays_[array].data();
    std::array<uint32_t, DocSet::kBlockMax> read;
    matches.ForEachBlock(rows, [&](std::span<const DocId> docs) {
      for (size_t i = 0; i < docs.size(); ++i) read[i] = rows[docs[i]];
      const std::span<const uint32_t> block = std::span(read).first(docs.size());
      for (size_t f = 0; f < fields.size(); ++f) {
        if (is_here(fields[f])) visit(f, places_[fields[f]], block);
      }
    });
  }
}

std::vector<uint16_t> CodeRows::Gather(const Matches& matches,
                                       std::span<const size_t> fields) const {
  std::vector<uint16_t> codes(matches.Count() * fields.size());
  std::vector<uint16_t*> next(fields.size());
  for (size_t f = 0; f < fields.size(); ++f) next[f] = codes.data() + f * matches.Count();
  ForEachBlock(matches, fields, [&](size_t f, const Place& place, std::span<const uint32_t> rows) {
    TakeOut(rows, place.shift, place.mask, next[f]);
    next[f] += rows.size();
  });
  return codes;
}

std::vector<Counters> CodeRows::Count(const Matches& matches,
                                      std::span<const size_t> fields) const {
  std::vector<Counters> counters;
  for (const size_t field : fields) {
    const uint32_t codes = places_[field].codes;
    counters.emplace_back(codes <= kFewCodes ? kTables * codes : codes);
  }
  ForEachBlock(matches, fields, [&](size_t f, const Place& place, std::span<const uint32_t> rows) {
    if (place.codes <= kFewCodes) {
      CountFew(rows, place.shift, place.mask, place.codes, counters[f].data());
    } else {
      CountMany(rows, place.shift, place.mask, counters[f].data());
    }
  });
  for (size_t f = 0; f < fields.size(); ++f) {
    const uint32_t codes = places_[fields[f]].codes;
    if (codes > kFewCodes) continue;
    for (size_t i = codes; i < counters[f].size(); ++i) {
      counters[f][i % codes] += counters[f][i];
    }
  }
  return counters;
}

bool CodeRows::AreMany(uint32_t matches, std::span<const size_t> fields) const {
  return std::all_of(fields.begin(), fields.end(),
                     [&](size_t field) { return matches >= places_[field].codes; });
}

size_t CodeRows::MemoryBytes() const {
  size_t bytes = places_.capacity() * sizeof(Place);
  for (const auto& rows : arrays_) bytes += rows.capacity() * sizeof(uint32_t);
  return bytes;
}

}  // namespace aisle
