// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/spelling_index.h"

#include <algorithm>
#include <bit>
#include <mutex>
#include <span>
#include <string>

#include "core/target_clones.h"
#include "text/edit_distance.h"
#include "text/utf8.h"

namespace aisle {
namespace {

void ReadLetters(std::string_view word, std::u32string* letters) {
  letters->clear();
  for (size_t at = 0; at < word.size();) {
    const DecodedChar decoded = DecodeChar(word, at);
    letters->push_back(decoded.value);
    at = decoded.end;
  }
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

// Appends the places of the signatures that `distance` edits can make of `signature`.
AISLE_TARGET_CLONES
void AppendNear(std::span<const uint64_t> signatures, uint64_t signature, int distance,
                std::vector<uint32_t>* places) {
  size_t count = places->size();
  places->resize(count + signatures.size());
  uint32_t* out = places->data();
  for (uint32_t i = 0; i < signatures.size(); ++i) {
    out[count] = i;
    count += static_cast<size_t>(std::popcount(signature & ~signatures[i]) <= distance &&
                                 std::popcount(signatures[i] & ~signature) <= distance);
  }
  places->resize(count);
}

}  // namespace

void SpellingIndex::CatchUp() const {
  const uint32_t size = terms_.size();
  {
    const std::shared_lock lock(mutex_);
    if (known_ >= size) return;
  }
  const std::unique_lock lock(mutex_);
  std::u32string letters;
  for (; known_ < size; ++known_) {
    ReadLetters(terms_.At(known_), &letters);
    if (letters.size() > kLettersMax) continue;
    by_length_[letters.size()].signatures.push_back(SignatureOf(letters));
    by_length_[letters.size()].terms.push_back(known_);
  }
}

std::vector<SpellingIndex::Neighbour> SpellingIndex::Find(std::string_view word,
                                                          int distance) const {
  CatchUp();
  std::vector<Neighbour> found;
  std::u32string letters, other;
  ReadLetters(word, &letters);
  if (letters.size() > kLettersMax) return found;
  const uint64_t signature = SignatureOf(letters);
  const auto reach = static_cast<size_t>(distance);
  const size_t first = letters.size() > reach ? letters.size() - reach : 0;
  std::vector<uint32_t> near;
  const std::shared_lock lock(mutex_);
  for (size_t length = first; length <= std::min(letters.size() + reach, kLettersMax); ++length) {
    near.clear();
    AppendNear(by_length_[length].signatures, signature, distance, &near);
    for (const uint32_t place : near) {
      const uint32_t term = by_length_[length].terms[place];
      ReadLetters(terms_.At(term), &other);
      const int edits = BoundedEditDistance(letters, other, distance);
      if (edits <= distance) found.push_back({term, edits});
    }
  }
  return found;
}

}  // namespace aisle
