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
#include <vector>

#include "facets/column.h"
#include "facets/matches.h"
#include "facets/value_dictionary.h"

namespace aisle {

class OrdinalCounts {
 public:
  // The dictionary must outlive the counts, and the documents to come must be there already.
  explicit OrdinalCounts(const ValueDictionary& dictionary);
  OrdinalCounts(const OrdinalCounts&) = delete;
  OrdinalCounts& operator=(const OrdinalCounts&) = delete;
  ~OrdinalCounts();

  // A column that holds no ordinals counts nothing. `codes`: those of all matches where they are at
  // hand; else empty.
  void Add(const AnyColumn& column, const Matches& matches, std::span<const uint16_t> codes = {});

  const ValueDictionary& dictionary() const { return dictionary_; }
  uint32_t CountOf(uint32_t ordinal) const {
    return ordinal < counts_.size() ? counts_[ordinal] : 0;
  }
  // 0 for a value that no document has.
  uint32_t CountOf(std::string_view text) const;

  // How many values were counted.
  uint32_t ValueCount() const;
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
    constexpr size_t kStride = 16;  // most counters of a large dictionary are too small
    const size_t size = counts_.size();
    for (size_t begin = 0; begin < size; begin += kStride) {
      const size_t end = begin + kStride < size ? begin + kStride : size;
      uint32_t largest = 0;
      for (size_t i = begin; i < end; ++i) largest = counts_[i] > largest ? counts_[i] : largest;
      if (largest < least) continue;
      for (size_t i = begin; i < end; ++i) {
        if (counts_[i] >= least) visit(static_cast<uint32_t>(i), counts_[i]);
      }
    }
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
  std::vector<uint32_t> counts_;
};

// A value as a key of TopValues: ordered by its text, which is looked at for ties only.
struct OrdinalKey {
  const ValueDictionary* dictionary = nullptr;
  uint32_t ordinal = 0;
  std::string_view unknown = {};  // without a dictionary: a text that no document has ever had

  // The value `text` as asked for.
  static OrdinalKey Of(std::string_view text, const ValueDictionary& dictionary) {
    const auto ordinal = dictionary.Find(text);
    return ordinal ? OrdinalKey{&dictionary, *ordinal} : OrdinalKey{nullptr, UINT32_MAX, text};
  }
  std::string_view text() const { return dictionary ? dictionary->At(ordinal) : unknown; }
  friend bool operator<(const OrdinalKey& a, const OrdinalKey& b) { return a.text() < b.text(); }
  friend bool operator==(const OrdinalKey& a, const OrdinalKey& b) {
    return a.dictionary && b.dictionary ? a.ordinal == b.ordinal : a.text() == b.text();
  }
};

}  // namespace aisle
