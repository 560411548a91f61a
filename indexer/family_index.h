// SPDX-License-Identifier: GPL-3.0-or-later
//
// FamilyIndex: the terms of a dictionary that are forms of one word in a language ("shoe",
// "shoes"). Thread safe; the dictionary must outlive it.
//
// A language is taken in when it is first asked for, or before, by CatchUp(). Terms of one family
// are a chain: a table has the newest by the hash of what they have in common, and each term names
// the one before it.
#pragma once

#include <cstdint>
#include <map>
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
  // length first, then by text. At most kFormsMax.
  std::vector<uint32_t> Find(std::string_view word, const LocaleInfo& locale) const;

  // Takes in what the dictionary got since the last time; Find() begins with this. Some
  // microseconds a term, in which Find() waits.
  void CatchUp(const LocaleInfo& locale) const;

  static constexpr size_t kFormsMax = 6;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Language {
    absl::flat_hash_map<uint64_t, uint32_t> newest;  // by the hash of the family
    std::vector<uint32_t> before;                    // by term
  };
  const Dictionary& terms_;
  mutable std::shared_mutex mutex_;                         // guards languages_
  mutable std::map<std::string_view, Language> languages_;  // by stemmer
};

}  // namespace aisle
