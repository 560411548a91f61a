// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/bitmap_scorer.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/limits.h"
#include "core/target_clones.h"

namespace aisle {
namespace {

constexpr size_t kGroup = PostingList::kWordsPerGroup;

// What the inner loop reads of a word.
struct Cursor {
  const uint64_t* bits;
  const uint8_t* codes;
  const PostingScores* scores;
  uint32_t position = 0;  // of the first document of the current 64
};

// Some words of the bitmap of matches.
struct Group {
  std::span<const uint64_t> matches;
  size_t first = 0;  // word of the bitmap
  uint32_t segment = 0;
};

template <typename Length>
AISLE_TARGET_CLONES void ScoreGroup(const Group& group, std::span<Cursor> words,
                                    const Length* lengths, TopHits* top) {
  for (size_t g = 0; g < group.matches.size(); ++g) {
    const size_t i = group.first + g;
    for (uint64_t left = group.matches[g]; left != 0; left &= left - 1) {
      const int bit = std::countr_zero(left);
      const uint64_t below = (uint64_t{1} << bit) - 1;
      const auto doc = static_cast<DocId>(i * 64 + static_cast<size_t>(bit));
      const auto length = static_cast<uint32_t>(lengths[doc]);
      double score = 0;
      for (const Cursor& word : words) {
        const auto before = static_cast<uint32_t>(std::popcount(word.bits[i] & below));
        score += word.scores->Of(word.codes[word.position + before], length);
      }
      top->Add(score, group.segment, doc);
    }
    for (Cursor& word : words) word.position += static_cast<uint32_t>(std::popcount(word.bits[i]));
  }
}

}  // namespace

void AddBestOfBitmaps(const DocSet& matches, std::span<const BitmapWord> words,
                      const PackedArray& lengths, uint32_t segment, TopHits* top) {
  std::array<Cursor, limits::kQueryWordsMax> cursors;
  for (size_t w = 0; w < words.size(); ++w) {
    cursors[w] = {words[w].postings.words().data(), words[w].postings.byte_codes(),
                  &words[w].scores};
  }
  const std::span<Cursor> used(cursors.data(), words.size());
  const std::span<const uint64_t> bits = matches.words();
  lengths.Visit([&](const auto* of_documents, size_t) {
    for (size_t first = 0; first < bits.size(); first += kGroup) {
      const auto group = bits.subspan(first, std::min(kGroup, bits.size() - first));
      if (std::all_of(group.begin(), group.end(), [](uint64_t word) { return word == 0; })) {
        continue;
      }
      for (size_t w = 0; w < words.size(); ++w) {
        cursors[w].position = words[w].postings.FirstPosition(first / kGroup);
      }
      ScoreGroup({group, first, segment}, used, of_documents, top);
    }
  });
}

}  // namespace aisle
