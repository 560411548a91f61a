// SPDX-License-Identifier: GPL-3.0-or-later
//
// Column (doc values): the values of one field for each document of a segment, of whatever type the
// field has. A document may have none, one or several values.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "core/document.h"
#include "facets/doc_set.h"
#include "facets/number_column.h"
#include "facets/ordinal_column.h"

namespace aisle {

// Points of a map, as they are: few fields have them.
class GeoColumn {
 public:
  // The values of the next document.
  void Append(std::span<const GeoPoint> points) {
    points_.insert(points_.end(), points.begin(), points.end());
    offsets_.push_back(static_cast<uint32_t>(points_.size()));
  }
  uint32_t size() const { return static_cast<uint32_t>(offsets_.size() - 1); }
  std::span<const GeoPoint> Values(DocId doc) const {
    assert(doc < size());
    return {points_.data() + offsets_[doc], points_.data() + offsets_[doc + 1]};
  }
  bool HasValue(DocId doc) const { return !Values(doc).empty(); }
  void Save(ByteWriter* out) const {
    out->PutArray(offsets_);
    out->PutArray(points_);
  }
  bool Load(ByteReader* in) {
    return in->GetArray(&offsets_) && in->GetArray(&points_) && !offsets_.empty() &&
           offsets_.back() == points_.size();
  }
  size_t MemoryBytes() const {
    return points_.capacity() * sizeof(GeoPoint) + offsets_.capacity() * sizeof(uint32_t);
  }

 private:
  std::vector<uint32_t> offsets_ = {0};
  std::vector<GeoPoint> points_;
};

// monostate: the field has no column.
using AnyColumn =
    std::variant<std::monostate, IntegerColumn, FloatColumn, OrdinalColumn, GeoColumn>;

}  // namespace aisle
