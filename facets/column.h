// SPDX-License-Identifier: GPL-3.0-or-later
//
// Column (doc values): the values of one field for each document of a segment. A document may have
// none, one or several values: value i of document d stands at values[offsets[d] + i]. Built by
// appending documents in order, then read by any number of threads.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "core/document.h"
#include "facets/doc_set.h"

namespace aisle {

template <typename T>
class Column {
 public:
  // Appends the values of the next document.
  void Append(std::span<const T> values) {
    values_.insert(values_.end(), values.begin(), values.end());
    offsets_.push_back(static_cast<uint32_t>(values_.size()));
  }

  uint32_t size() const { return static_cast<uint32_t>(offsets_.size() - 1); }
  std::span<const T> Values(DocId doc) const {
    assert(doc < size());
    return {values_.data() + offsets_[doc], values_.data() + offsets_[doc + 1]};
  }
  size_t MemoryBytes() const {
    return values_.capacity() * sizeof(T) + offsets_.capacity() * sizeof(uint32_t);
  }

 private:
  std::vector<uint32_t> offsets_ = {0};
  std::vector<T> values_;
};

using IntegerColumn = Column<int64_t>;
using FloatColumn = Column<double>;
// Ordinals of the field's Dictionary, each at most once in a document. A hierarchy has its
// ancestors too.
using OrdinalColumn = Column<uint32_t>;
using GeoColumn = Column<GeoPoint>;
// monostate: the field has no column.
using AnyColumn =
    std::variant<std::monostate, IntegerColumn, FloatColumn, OrdinalColumn, GeoColumn>;

}  // namespace aisle
