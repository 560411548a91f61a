// SPDX-License-Identifier: GPL-3.0-or-later
//
// HotColumns: the columns of a segment's fields that are marked `hot` (price, stock), where changes
// have given documents other values than the segment was written with. They belong to the snapshot,
// as live bits do: a change makes new HotColumns, which share with the old ones all pages that did
// not change, so a search sees one moment of them (docs/adr/0009). Immutable; read by any number of
// threads.
//
// The stored document keeps the old values; Patch() puts in the new ones when it is read. A merge
// writes them into the document; until then Encode() keeps them in the manifest.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <absl/container/inlined_vector.h>

#include "core/schema.h"
#include "core/status.h"
#include "facets/column.h"
#include "indexer/memory_index.h"

namespace aisle {

// An integer (booleans are 0 and 1) or a float, as the field is; monostate: no value.
using HotValue = std::variant<std::monostate, int64_t, double>;

// A field (its number in the schema) and the value that it gets.
struct HotMember {
  uint32_t field = 0;
  HotValue value;
};
using HotMembers = absl::InlinedVector<HotMember, 2>;

// As it stands in a document of the field.
Json JsonOf(const HotValue& value, FieldType type);
// The first value of a document; a column of numbers or monostate.
HotValue ValueAt(const AnyColumn& column, DocId doc);

class HotColumns {
 public:
  // From now on `doc` has this value of `field` (a number in the schema).
  struct Change {
    DocId doc = 0;
    uint32_t field = 0;
    HotValue value;
  };
  // What `before` (may be nullptr) of the documents of `index` becomes by `changes`, of which the
  // last one of a document and field counts. Changes of fields that are no single numbers are left
  // out.
  static std::shared_ptr<const HotColumns> With(const HotColumns* before, const MemoryIndex& index,
                                                const Schema& schema,
                                                std::span<const Change> changes);

  // nullptr if no document has another value of the field than the segment was written with.
  const AnyColumn* Find(size_t field) const;
  // Of the columns of a field no two that differ have the same; 0 if Find() is nullptr.
  uint64_t VersionOf(size_t field) const;
  // Whether the stored document may have other values.
  bool IsChanged(DocId doc) const;
  // Of so many documents, about.
  uint32_t CountChanged() const;
  size_t MemoryBytes() const;

  // The stored document `source` with the values that it has now.
  absl::StatusOr<std::string> Patch(const std::string& source, DocId doc) const;

  // All changes that lead here from the segment as it was written or, if `since` is given, from
  // there.
  std::vector<Change> Changes(const HotColumns* since = nullptr) const;

  // The changes as bytes (their format: hot_columns.cc), and back; DataLoss if the bytes are none
  // of it or a document is not below `size`.
  std::string Encode() const;
  static absl::StatusOr<std::vector<Change>> Decode(std::string_view bytes, uint32_t size);

 private:
  struct Hot {
    uint32_t field = 0;
    std::string name;
    FieldType type = FieldType::kFloat;
    uint64_t version = 0;
    AnyColumn column;
  };
  std::vector<Hot> columns_;  // few
};

}  // namespace aisle
