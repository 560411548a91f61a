// SPDX-License-Identifier: GPL-3.0-or-later
//
// FamilyIndex: the terms of a dictionary that are forms of one word in a language ("shoe",
// "shoes"). Thread safe; the dictionary must outlive it.
//
// A language is taken in when it is first asked for, or before, by TakeIn(). Terms of one family
// are a chain: a table has the newest by the hash of what they have in common, and each term names
// the one before it.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "core/dictionary.h"
#include "text/locale.h"

namespace aisle {

class FamilyIndex {
 public:
  explicit FamilyIndex(const Dictionary& terms) : terms_(terms) {}

  // The terms of the same family as `word`, a surface, without itself: those that differ least in
  // length first, then by text. At most kFormsMax. Where the dictionary has got more than kFewTerms
  // since the last time, those are left out, for TakeIn() to come: a search does not wait for them.
  std::vector<uint32_t> Find(std::string_view word, const LocaleInfo& locale) const;

  // Takes in at most kFewTerms that the dictionary got since the last time, a millisecond or two;
  // false: there are more.
  bool TakeIn(const LocaleInfo& locale) const;

  static constexpr size_t kFormsMax = 6;
  static constexpr uint32_t kFewTerms = 1000;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Language {
    absl::flat_hash_map<uint64_t, uint32_t> newest;  // by the hash of the family
    std::vector<uint32_t> before;                    // by term
  };
  // How many of the terms are taken in: the first ones.
  uint32_t CountKnown(const LocaleInfo& locale) const;

  const Dictionary& terms_;
  mutable std::mutex intake_mutex_;                         // held by who takes in
  mutable std::shared_mutex mutex_;                         // guards languages_
  mutable std::map<std::string_view, Language> languages_;  // by stemmer
};

}  // namespace aisle
