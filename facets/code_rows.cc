// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/code_rows.h"

#include <algorithm>
#include <cstring>
#include <variant>

namespace aisle {
namespace {

constexpr size_t kCodeBytes = sizeof(uint16_t);
// Columns of fewer documents stay in the processor's caches.
constexpr uint32_t kWorthwhileDocuments = 1 << 12;
// Where one in so few documents matches, a line of a column serves several matches.
constexpr uint32_t kSparse = 16;

// The column's codes, if they fit a row.
const OrdinalColumn* RowColumn(const AnyColumn& column) {
  const auto* ordinals = std::get_if<OrdinalColumn>(&column);
  return ordinals != nullptr && ordinals->code_count() <= UINT16_MAX ? ordinals : nullptr;
}

}  // namespace

CodeRows::CodeRows(std::span<const AnyColumn> columns, uint32_t documents) {
  if (documents < kWorthwhileDocuments) return;
  offsets_.assign(columns.size(), kNone);
  for (size_t field = 0; field < columns.size() && stride_ < kRowBytes; ++field) {
    if (RowColumn(columns[field]) == nullptr) continue;
    offsets_[field] = static_cast<uint8_t>(stride_);
    stride_ += kCodeBytes;
  }
  documents_ = documents;
  bytes_.resize(stride_ * documents);
  for (size_t field = 0; field < columns.size(); ++field) {
    if (!Has(field)) continue;
    RowColumn(columns[field])->codes().Visit([&](const auto* codes, size_t size) {
      uint8_t* out = bytes_.data() + offsets_[field];
      for (size_t doc = 0; doc < size; ++doc, out += stride_) {
        const auto code = static_cast<uint16_t>(codes[doc]);
        std::memcpy(out, &code, kCodeBytes);
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
      const uint8_t* column = bytes_.data() + offsets_[fields[f]];
      uint16_t* out = codes.data() + f * docs.size();
      for (size_t i = begin; i < end; ++i) {
        std::memcpy(&out[i], column + size_t{docs[i]} * stride_, kCodeBytes);
      }
    }
  }
  return codes;
}

}  // namespace aisle
