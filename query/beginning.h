// SPDX-License-Identifier: GPL-3.0-or-later
//
// Beginning: the documents that have a word which begins with a letter or two. So many words do
// that gathering their posting lists and counting their facets costs more than all else in a
// request; a segment keeps what was gathered and counted (Segment::beginnings), which is true as
// long as it lives. One object per request; not thread safe. The dictionary must outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "indexer/segment.h"
#include "query/query_words.h"

namespace aisle {

class Beginning {
 public:
  // `all_fields`: the bits of every searched field of the schema.
  Beginning(const QueryWord& word, const Dictionary& terms, uint32_t all_fields);

  // The documents of `segment`, live or not, that have what the word may stand for.
  std::shared_ptr<const DocSet> DocumentsOf(const Segment& segment);
  // How many of the live documents of `view` that have it have each code of the segment's column of
  // `field`, one of ordinals. Takes as long as there are dead documents, once the segment knows it.
  using CodeCounts = std::vector<uint32_t>;  // by code
  std::shared_ptr<const CodeCounts> CountCodes(const SegmentView& view, size_t field);

 private:
  DocSet Gather(const MemoryIndex& index);

  const QueryWord word_;
  const Dictionary& terms_;
  const uint32_t all_fields_;
  std::string key_;
  bool is_expanded_ = false;
  std::vector<TermAlternative> expanded_;  // by term
};

}  // namespace aisle
