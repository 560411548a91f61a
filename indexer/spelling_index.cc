// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/spelling_index.h"

#include <algorithm>
#include <bit>
#include <mutex>
#include <string>

#include "core/target_clones.h"
#include "text/edit_distance.h"
#include "text/utf8.h"

namespace aisle {
namespace {

std::u32string LettersOf(std::string_view word) {
  std::u32string letters;
  for (size_t at = 0; at < word.size();) {
    const DecodedChar decoded = DecodeChar(word, at);
    letters.push_back(decoded.value);
    at = decoded.end;
  }
  return letters;
}

// Two bits for each of 32 kinds of letter: one that is there, and one that is there again.
uint64_t SignatureOf(std::u32string_view letters) {
  uint64_t signature = 0;
  for (const char32_t letter : letters) {
    const uint64_t once = uint64_t{1} << (letter % 32 * 2);
    signature |= (signature & once) != 0 ? once << 1 : once;
  }
  return signature;
}

AISLE_TARGET_CLONES
bool MayBeNear(uint64_t a, uint64_t b, int distance) {
  return std::popcount(a & ~b) <= distance && std::popcount(b & ~a) <= distance;
}

}  // namespace

void SpellingIndex::CatchUp() const {
  const uint32_t size = terms_.size();
  {
    const std::shared_lock lock(mutex_);
    if (known_ >= size) return;
  }
  const std::unique_lock lock(mutex_);
  for (; known_ < size; ++known_) {
    const std::u32string letters = LettersOf(terms_.At(known_));
    if (letters.size() <= kLettersMax) {
      by_length_[letters.size()].push_back({SignatureOf(letters), known_});
    }
  }
}

std::vector<SpellingIndex::Neighbour> SpellingIndex::Find(std::string_view word,
                                                          int distance) const {
  CatchUp();
  std::vector<Neighbour> found;
  const std::u32string letters = LettersOf(word);
  if (letters.size() > kLettersMax) return found;
  const uint64_t signature = SignatureOf(letters);
  const auto reach = static_cast<size_t>(distance);
  const size_t first = letters.size() > reach ? letters.size() - reach : 0;
  const std::shared_lock lock(mutex_);
  for (size_t length = first; length <= std::min(letters.size() + reach, kLettersMax); ++length) {
    for (const Entry& entry : by_length_[length]) {
      if (!MayBeNear(signature, entry.signature, distance)) continue;
      const int edits = BoundedEditDistance(letters, LettersOf(terms_.At(entry.term)), distance);
      if (edits <= distance) found.push_back({entry.term, edits});
    }
  }
  return found;
}

}  // namespace aisle
