// SPDX-License-Identifier: GPL-3.0-or-later
//
// IndexSchema: a Schema with what is needed to index by it: an analyzer for each searched field.
// Immutable, shared by snapshots and writers.
#pragma once

#include <memory>
#include <vector>

#include "core/schema.h"
#include "core/status.h"
#include "text/analyzer.h"

namespace aisle {

class IndexSchema {
 public:
  // InvalidArgument for a locale that text/ does not know. `previous`: the schema that this one
  // extends; its search bits are kept, since memory indexes hold them.
  static absl::StatusOr<std::shared_ptr<const IndexSchema>> Create(
      Schema schema, const IndexSchema* previous = nullptr);

  const Schema& schema() const { return schema_; }
  const std::vector<Field>& fields() const { return schema_.fields(); }
  // nullptr for a field that is not searched. Fields of the same locale and stemming share one
  // analyzer.
  const std::shared_ptr<const Analyzer>& analyzer(size_t field) const { return analyzers_[field]; }
  // Searched fields are numbered apart, as bits of a posting's field mask; -1 for the others.
  int SearchBit(size_t field) const { return search_bits_[field]; }
  // The field with search bit `bit`.
  size_t FieldOfBit(int bit) const { return fields_by_bit_[static_cast<size_t>(bit)]; }
  int search_bits() const { return static_cast<int>(fields_by_bit_.size()); }

 private:
  Schema schema_;
  std::vector<std::shared_ptr<const Analyzer>> analyzers_;
  std::vector<int> search_bits_;
  std::vector<size_t> fields_by_bit_;
};

}  // namespace aisle
