// SPDX-License-Identifier: GPL-3.0-or-later
//
// OrdinalKey: a value as a key of TopValues, in the order of the texts. OrdinalKeys makes them for
// one dictionary, which must outlive them, as must the maker.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "facets/value_dictionary.h"

namespace aisle {

class OrdinalKey {
 public:
  // UINT32_MAX for a text that no document has ever had.
  uint32_t ordinal() const { return ordinal_; }
  std::string_view text() const { return dictionary_ ? dictionary_->At(ordinal_) : unknown_; }

  // Keys with equal counts are frequent in long facets: their texts, which stand anywhere in
  // memory, are looked at only where a value has no rank yet.
  friend bool operator<(const OrdinalKey& a, const OrdinalKey& b) {
    if (a.rank_ != kNoRank && b.rank_ != kNoRank) return a.rank_ < b.rank_;
    return a.text() < b.text();
  }
  friend bool operator==(const OrdinalKey& a, const OrdinalKey& b) {
    return a.dictionary_ && b.dictionary_ ? a.ordinal_ == b.ordinal_ : a.text() == b.text();
  }

 private:
  friend class OrdinalKeys;
  static constexpr uint32_t kNoRank = UINT32_MAX;

  const ValueDictionary* dictionary_ = nullptr;  // nullptr: the text is unknown_
  uint32_t ordinal_ = UINT32_MAX;
  uint32_t rank_ = kNoRank;
  std::string_view unknown_;
};

class OrdinalKeys {
 public:
  explicit OrdinalKeys(const ValueDictionary& dictionary)
      : dictionary_(dictionary), ranks_(dictionary.TextRanks()) {}

  OrdinalKey Of(uint32_t ordinal) const {
    OrdinalKey key;
    key.dictionary_ = &dictionary_;
    key.ordinal_ = ordinal;
    if (ordinal < ranks_->size()) key.rank_ = (*ranks_)[ordinal];
    return key;
  }
  // The value `text` as asked for; the text must outlive the key.
  OrdinalKey Of(std::string_view text) const {
    if (const auto ordinal = dictionary_.Find(text)) return Of(*ordinal);
    OrdinalKey key;
    key.unknown_ = text;
    return key;
  }

 private:
  const ValueDictionary& dictionary_;
  const std::shared_ptr<const ValueDictionary::Ranks> ranks_;
};

}  // namespace aisle
