// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/code_rows.h"

#include <algorithm>
#include <cstring>
#include <variant>

namespace aisle {
namespace {

// Rows of at most so many bytes fill them up, so that none stands in two lines of memory.
constexpr size_t kAlignedRow = 8;
// Columns of fewer documents stay in the processor's caches.
constexpr uint32_t kWorthwhileDocuments = 1 << 12;
// Where one in so few documents matches, a line of a column serves several matches.
constexpr uint32_t kSparse = 16;

// The column's codes, if they fit a row.
const OrdinalColumn* RowColumn(const AnyColumn& column) {
  const auto* ordinals = std::get_if<OrdinalColumn>(&column);
  return ordinals != nullptr && ordinals->code_count() <= UINT16_MAX ? ordinals : nullptr;
}

// 1 if every code fits a byte, else 2.
size_t CodeBytes(const OrdinalColumn& column) { return column.code_count() <= 256 ? 1 : 2; }

template <typename Code>
void GatherCodes(std::span<const DocId> docs, const uint8_t* rows, size_t stride, uint16_t* out) {
  for (const DocId doc : docs) {
    Code code;
    std::memcpy(&code, rows + size_t{doc} * stride, sizeof(code));
    *out++ = code;
  }
}

}  // namespace

CodeRows::CodeRows(std::span<const AnyColumn> columns, uint32_t documents) {
  if (documents < kWorthwhileDocuments) return;
  places_.resize(columns.size());
  for (const size_t bytes : {2, 1}) {
    for (size_t field = 0; field < columns.size(); ++field) {
      const OrdinalColumn* column = RowColumn(columns[field]);
      if (column == nullptr || CodeBytes(*column) != bytes || stride_ + bytes > kRowBytes) continue;
      places_[field] = {static_cast<uint8_t>(stride_), static_cast<uint8_t>(bytes)};
      stride_ += bytes;
    }
  }
  if (stride_ > kAlignedRow / 2 && stride_ < kAlignedRow) stride_ = kAlignedRow;
  documents_ = documents;
  bytes_.resize(stride_ * documents);
  for (size_t field = 0; field < columns.size(); ++field) {
    if (!Has(field)) continue;
    const Place place = places_[field];
    RowColumn(columns[field])->codes().Visit([&](const auto* codes, size_t size) {
      uint8_t* out = bytes_.data() + place.offset;
      for (size_t doc = 0; doc < size; ++doc, out += stride_) {
        const auto code = static_cast<uint16_t>(codes[doc]);
        std::memcpy(out, &code, place.bytes);  // little endian
      }
    });
  }
}

bool CodeRows::IsWorthwhile(const Matches& matches, size_t fields) const {
  return fields > 1 && matches.Count() < documents_ / kSparse;
}

std::vector<uint16_t> CodeRows::Gather(const Matches& matches,
                                       std::span<const size_t> fields) const {
  const std::span<const DocId> docs = matches.list();
  std::vector<uint16_t> codes(docs.size() * fields.size());
  // Some documents at a time: what the first field has read of them is near for the others.
  constexpr size_t kAtATime = 128;
  for (size_t begin = 0; begin < docs.size(); begin += kAtATime) {
    const size_t end = std::min(begin + kAtATime, docs.size());
    for (size_t f = 0; f < fields.size(); ++f) {
      const Place place = places_[fields[f]];
      const std::span<const DocId> now = docs.subspan(begin, end - begin);
      const uint8_t* rows = bytes_.data() + place.offset;
      uint16_t* out = codes.data() + f * docs.size() + begin;
      if (place.bytes == 1) {
        GatherCodes<uint8_t>(now, rows, stride_, out);
      } else {
        GatherCodes<uint16_t>(now, rows, stride_, out);
      }
    }
  }
  return codes;
}

}  // namespace aisle
