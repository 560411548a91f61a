// SPDX-License-Identifier: GPL-3.0-or-later
//
// SpellingIndex: the terms of a dictionary that are a few edits away from a word. Thread safe; the
// dictionary must outlive it.
//
// Each term has a signature, which letters it has once and twice. An edit changes few bits of it,
// so most terms are turned away by what is left of the difference of two signatures; the rest are
// compared letter by letter. Letters are codes of a byte, so that all terms of a length stand side
// by side.
#pragma once

#include <cstdint>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "core/dictionary.h"

namespace aisle {

class SpellingIndex {
 public:
  explicit SpellingIndex(const Dictionary& terms) : terms_(terms) {}

  struct Neighbour {
    uint32_t term = 0;
    int distance = 0;  // as text/edit_distance.h counts
  };
  // All terms within `distance` (1 or 2) edits of `word` (UTF-8), itself too, in no order. Where
  // the dictionary has got more than kFewTerms since the last time, those are left out, for
  // TakeIn() to come: a search does not wait for them.
  std::vector<Neighbour> Find(std::string_view word, int distance) const;

  // Takes in at most kFewTerms that the dictionary got since the last time; false: there are more.
  bool TakeIn() const;

  // Longer terms are never neighbours.
  static constexpr size_t kLettersMax = 32;
  static constexpr uint32_t kFewTerms = 2000;

 private:
  using Code = uint8_t;
  // Of all letters beyond the first so many of the dictionary.
  static constexpr Code kRareLetter = 255;

  // Terms of one length.
  struct Terms {
    std::vector<uint64_t> signatures;
    std::vector<uint32_t> terms;
    std::vector<Code> codes;  // as many for each term as it has letters
  };
  // Whether there are terms that are not taken in, and not many.
  bool HasFewNew() const;
  // REQUIRES for both: mutex_ is held, by a writer for the first.
  Code AddLetter(char32_t letter) const;
  Code CodeOf(char32_t letter) const;

  const Dictionary& terms_;
  mutable std::shared_mutex mutex_;  // guards those below
  mutable uint32_t known_ = 0;       // terms taken in
  mutable absl::flat_hash_map<char32_t, Code> alphabet_;
  mutable Terms by_length_[kLettersMax + 1];
};

}  // namespace aisle
