// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dictionaries of one collection, shared by all its segments: one of terms and one of values
// for each text field with a column. Ordinals are therefore comparable between segments: counting
// is array increments, and a prefix is expanded once for a query. Thread safe.
#pragma once

#include <array>
#include <memory>

#include "core/dictionary.h"
#include "core/limits.h"
#include "facets/value_dictionary.h"
#include "indexer/family_index.h"
#include "indexer/spelling_index.h"

namespace aisle {

using TermId = uint32_t;  // ordinal of the terms dictionary

class Dictionaries {
 public:
  Dictionaries() {
    for (auto& dictionary : values_) dictionary = std::make_unique<ValueDictionary>();
  }

  Dictionary& terms() { return terms_; }
  const Dictionary& terms() const { return terms_; }
  // The terms that resemble a word.
  const SpellingIndex& spelling() const { return spelling_; }
  // The terms that are forms of a word.
  const FamilyIndex& families() const { return families_; }
  // Of the values of field number `field`.
  ValueDictionary& values(size_t field) { return *values_[field]; }
  const ValueDictionary& values(size_t field) const { return *values_[field]; }

 private:
  Dictionary terms_;
  SpellingIndex spelling_{terms_};
  FamilyIndex families_{terms_};
  std::array<std::unique_ptr<ValueDictionary>, limits::kFieldsMax> values_;
};

}  // namespace aisle
