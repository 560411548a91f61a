// SPDX-License-Identifier: GPL-3.0-or-later
//
// SpellingIndex: the terms of a dictionary that are a few edits away from a word. Thread safe; the
// dictionary must outlive it.
//
// Each term has a signature, which letters it has once and twice. An edit changes few bits of it,
// so most terms are turned away by two population counts; the rest are compared letter by letter.
#pragma once

#include <cstdint>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "core/dictionary.h"

namespace aisle {

class SpellingIndex {
 public:
  explicit SpellingIndex(const Dictionary& terms) : terms_(terms) {}

  struct Neighbour {
    uint32_t term = 0;
    int distance = 0;  // as text/edit_distance.h counts
  };
  // All terms within `distance` edits of `word` (UTF-8), itself too, in no order.
  std::vector<Neighbour> Find(std::string_view word, int distance) const;

  // Longer terms are never neighbours.
  static constexpr size_t kLettersMax = 32;

 private:
  // Terms of one length.
  struct Terms {
    std::vector<uint64_t> signatures;
    std::vector<uint32_t> terms;
  };
  // Takes in what the dictionary got since the last time.
  void CatchUp() const;

  const Dictionary& terms_;
  mutable std::shared_mutex mutex_;  // guards the two below
  mutable uint32_t known_ = 0;       // terms taken in
  mutable Terms by_length_[kLettersMax + 1];
};

}  // namespace aisle
