// SPDX-License-Identifier: GPL-3.0-or-later
//
// A posting list: the documents of one segment that hold a term, ascending, each with the fields
// the term stands in and how often. Views into a MemoryIndex, valid as long as it lives.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "facets/doc_set.h"

namespace aisle {

struct PostingList {
  std::span<const DocId> docs;
  std::span<const uint32_t> field_masks;  // by document, bits of IndexSchema::SearchBit, never 0
  std::span<const uint8_t> frequencies;   // one for each bit of each mask, in order

  // visit(DocId, uint32_t field_mask, const uint8_t* frequencies) for each posting.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    const uint8_t* frequency = frequencies.data();
    for (size_t i = 0; i < docs.size(); ++i) {
      visit(docs[i], field_masks[i], frequency);
      frequency += std::popcount(field_masks[i]);
    }
  }
};

}  // namespace aisle
