// SPDX-License-Identifier: GPL-3.0-or-later
//
// Letters are compared by columns of the table of edit distances, a bit for each cell: H. Hyyrö,
// "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances".
#include "indexer/spelling_index.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <span>
#include <string>

#include "core/target_clones.h"
#include "text/edit_distance.h"
#include "text/utf8.h"

namespace aisle {
namespace {

// Two bits for each of 32 kinds of letter: one that is there, and one that is there again.
uint64_t SignatureOf(std::u32string_view letters) {
  uint64_t signature = 0;
  for (const char32_t letter : letters) {
    const uint64_t once = uint64_t{1} << (letter % 32 * 2);
    signature |= (signature & once) != 0 ? once << 1 : once;
  }
  return signature;
}

constexpr size_t kBlock = 1024;

// near[i] becomes 0 unless each of two signatures has at most kDistance bits that the other lacks.
template <int kDistance>
AISLE_TARGET_CLONES void MarkNear(std::span<const uint64_t> signatures, uint64_t signature,
                                  uint8_t* near) {
  for (size_t i = 0; i < signatures.size(); ++i) {
    uint64_t lacks = signature & ~signatures[i], has = signatures[i] & ~signature;
    for (int bit = 0; bit < kDistance; ++bit) {  // without the lowest bit
      lacks &= lacks - 1;
      has &= has - 1;
    }
    near[i] = (lacks | has) == 0 ? 1 : 0;
  }
}

// Appends the places of the signatures that `distance` edits can make of `signature`.
void AppendNear(std::span<const uint64_t> signatures, uint64_t signature, int distance,
                std::vector<uint32_t>* places) {
  std::array<uint8_t, kBlock> near{};
  for (size_t begin = 0; begin < signatures.size(); begin += kBlock) {
    const auto block = signatures.subspan(begin, std::min(kBlock, signatures.size() - begin));
    if (distance == 1) {
      MarkNear<1>(block, signature, near.data());
    } else {
      MarkNear<2>(block, signature, near.data());
    }
    for (size_t group = 0; group < block.size(); group += 8) {
      uint64_t any = 0;
      std::memcpy(&any, near.data() + group, sizeof(any));
      if (any == 0) continue;
      for (size_t i = group; i < std::min(group + 8, block.size()); ++i) {
        if (near[i] != 0) places->push_back(static_cast<uint32_t>(begin + i));
      }
    }
  }
}

// The edit distance of one word to others.
class CodedWord {
 public:
  explicit CodedWord(std::span<const uint8_t> codes) : size_(static_cast<int>(codes.size())) {
    for (size_t i = 0; i < codes.size(); ++i) places_[codes[i]] |= uint64_t{1} << i;
  }
  int DistanceTo(std::span<const uint8_t> other) const {
    if (size_ == 0) return static_cast<int>(other.size());
    const uint64_t last = uint64_t{1} << (size_ - 1);
    uint64_t above = ~uint64_t{0}, below = 0, diagonal = 0, before = 0;
    int distance = size_;
    for (const uint8_t code : other) {
      const uint64_t same = places_[code];
      const uint64_t swapped = ((~diagonal & same) << 1) & before;
      diagonal = (((same & above) + above) ^ above) | same | below | swapped;
      uint64_t more = below | ~(diagonal | above);
      uint64_t less = diagonal & above;
      distance += static_cast<int>((more & last) != 0) - static_cast<int>((less & last) != 0);
      more = (more << 1) | 1;
      less <<= 1;
      above = less | ~(diagonal | more);
      below = more & diagonal;
      before = same;
    }
    return distance;
  }

 private:
  int size_;
  std::array<uint64_t, 256> places_{};  // of each letter in the word
};

}  // namespace

SpellingIndex::Code SpellingIndex::AddLetter(char32_t letter) const {
  const auto next = static_cast<Code>(std::min<size_t>(alphabet_.size(), kRareLetter));
  if (next == kRareLetter) return CodeOf(letter);
  return alphabet_.emplace(letter, next).first->second;
}

SpellingIndex::Code SpellingIndex::CodeOf(char32_t letter) const {
  const auto found = alphabet_.find(letter);
  return found == alphabet_.end() ? kRareLetter : found->second;
}

bool SpellingIndex::HasFewNew() const {
  const uint32_t size = terms_.size();
  const std::shared_lock lock(mutex_);
  return known_ < size && size - known_ <= kFewTerms;
}

bool SpellingIndex::TakeIn() const {
  const uint32_t size = terms_.size();
  const std::unique_lock lock(mutex_);
  const uint32_t end = std::min(size, known_ + kFewTerms);
  for (; known_ < end; ++known_) {
    const std::u32string letters = DecodeText(terms_.At(known_));
    if (letters.size() > kLettersMax) continue;
    Terms& terms = by_length_[letters.size()];
    terms.signatures.push_back(SignatureOf(letters));
    terms.terms.push_back(known_);
    for (const char32_t letter : letters) terms.codes.push_back(AddLetter(letter));
  }
  return known_ >= size;
}

std::vector<SpellingIndex::Neighbour> SpellingIndex::Find(std::string_view word,
                                                          int distance) const {
  if (HasFewNew()) TakeIn();
  std::vector<Neighbour> found;
  const std::u32string letters = DecodeText(word);
  if (letters.size() > kLettersMax) return found;
  const uint64_t signature = SignatureOf(letters);
  const auto reach = static_cast<size_t>(distance);
  const size_t first = letters.size() > reach ? letters.size() - reach : 0;
  std::vector<uint32_t> near;
  const std::shared_lock lock(mutex_);
  std::vector<Code> codes;
  for (const char32_t letter : letters) codes.push_back(CodeOf(letter));
  const CodedWord coded(codes);
  for (size_t length = first; length <= std::min(letters.size() + reach, kLettersMax); ++length) {
    const Terms& terms = by_length_[length];
    near.clear();
    AppendNear(terms.signatures, signature, distance, &near);
    for (const uint32_t place : near) {
      const auto others = std::span(terms.codes).subspan(place * length, length);
      int edits = coded.DistanceTo(others);
      if (edits > distance) continue;
      const uint32_t term = terms.terms[place];
      // Rare letters have one code: there may be more edits.
      if (std::find(others.begin(), others.end(), kRareLetter) != others.end()) {
        edits = BoundedEditDistance(letters, DecodeText(terms_.At(term)), distance);
        if (edits > distance) continue;
      }
      found.push_back({term, edits});
    }
  }
  return found;
}

}  // namespace aisle
