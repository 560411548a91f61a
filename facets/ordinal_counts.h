// SPDX-License-Identifier: GPL-3.0-or-later
//
// OrdinalCounts: documents per value of a text field, one counter for each ordinal of the field's
// dictionary. Not thread safe.
//
// Within a segment lists of values are counted (facets/ordinal_column.h), by whatever is cheapest:
// reading the codes of the matches, or of those that do not match, or the population counts of
// bitmaps.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "facets/code_tally.h"
#include "facets/column.h"
#include "facets/counters.h"
#include "facets/matches.h"
#include "facets/value_dictionary.h"

namespace aisle {

class OrdinalCounts {
 public:
  // The dictionary must outlive the counts, and the documents to come must be there already.
  explicit OrdinalCounts(const ValueDictionary& dictionary)
      : dictionary_(dictionary), counts_(dictionary.size()) {}
  OrdinalCounts(const OrdinalCounts&) = delete;
  OrdinalCounts& operator=(const OrdinalCounts&) = delete;

  // A column that holds no ordinals counts nothing. `tally`: what is known of the column's codes.
  void Add(const AnyColumn& column, const Matches& matches, const CodeTally& tally = {});

  const ValueDictionary& dictionary() const { return dictionary_; }
  uint32_t CountOf(uint32_t ordinal) const {
    return ordinal < counts_.size() ? counts_[ordinal] : 0;
  }
  // 0 for a value that no document has.
  uint32_t CountOf(std::string_view text) const;

  // How many values were counted.
  uint32_t ValueCount() const { return counts_.CountUsed(); }
  // visit(uint32_t ordinal, uint32_t count) for each value that was counted, ascending.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    const uint32_t any = 1;
    ForEachFrom(any, visit);
  }
  // The same for counts of `least` and more, which is 1 at least and may grow while values are
  // visited.
  template <typename Visit>
  void ForEachFrom(const uint32_t& least, const Visit& visit) const {
    counts_.ForEachFrom(least, visit);
  }

 private:
  void Spread(const OrdinalColumn& column, uint32_t code, uint32_t count) {
    for (const uint32_t ordinal : column.List(code)) counts_[ordinal] += count;
  }
  void SpreadAll(const OrdinalColumn& column, std::span<const uint32_t> counters);
  // for_each_code(visit): calls visit(code) for each of `count` documents.
  template <typename ForEachCode>
  void CountCodes(const OrdinalColumn& column, size_t count, const ForEachCode& for_each_code);
  void CountOthers(const OrdinalColumn& column, const DocSet& matches);
  void CountSets(const OrdinalColumn& column, const DocSet& matches);

  const ValueDictionary& dictionary_;
  Counters counts_;
};

}  // namespace aisle
