// SPDX-License-Identifier: GPL-3.0-or-later
//
// OrdinalCounts: documents per value of a text field, one counter for each ordinal of the field's
// dictionary. Not thread safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/dictionary.h"
#include "facets/column.h"
#include "facets/doc_set.h"

namespace aisle {

class OrdinalCounts {
 public:
  // The dictionary must outlive the counts, and the documents to come must be there already.
  explicit OrdinalCounts(const Dictionary& dictionary)
      : dictionary_(dictionary), counts_(dictionary.size(), 0) {}

  // A column that holds no ordinals counts nothing.
  void Add(const AnyColumn& column, const DocSet& docs);

  // 0 for a value that no document has.
  uint64_t CountOf(std::string_view text) const;

  // visit(std::string_view text, uint64_t count) for each value that was counted. The views are
  // valid as long as the dictionary.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (uint32_t ordinal = 0; ordinal < counts_.size(); ++ordinal) {
      if (counts_[ordinal] > 0) visit(dictionary_.At(ordinal), counts_[ordinal]);
    }
  }

 private:
  const Dictionary& dictionary_;
  std::vector<uint64_t> counts_;
};

}  // namespace aisle
