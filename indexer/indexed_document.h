// SPDX-License-Identifier: GPL-3.0-or-later
//
// IndexedDocument: a document as the index sees it: its words by field, its column values, and the
// source that is given back. The same struct feeds the memtable, the Xapian segment and the memory
// index.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <absl/container/inlined_vector.h>

#include "core/document.h"
#include "indexer/index_schema.h"

namespace aisle {

// A word of a document: the fields it stands in (bits of IndexSchema::SearchBit) and how often in
// each, one frequency (1..255) for each bit of the mask, ascending.
struct IndexedTerm {
  std::string text;
  uint32_t field_mask = 0;
  absl::InlinedVector<uint8_t, 8> frequencies;  // a word is in one or two fields, mostly
};

struct IndexedDocument {
  std::string id;
  uint64_t order =
      0;  // rank of first insertion in the collection: ties are broken by it; survives updates
  std::string source;                // JSON text
  std::vector<IndexedTerm> terms;    // ascending by text
  std::vector<FieldValues> columns;  // by field number; empty where the field has no column
  uint32_t length = 0;               // sum of all frequencies
};

// A text as a facet value: a label, cut at a character where it is longer than
// limits::kFacetValueBytesMax.
std::string FacetLabel(std::string text);

// Analyses `document`, which was read by the same schema. Both the stemmed and the typed form of a
// word are indexed, so that stems match whole words and typed forms match prefixes.
std::shared_ptr<IndexedDocument> MapDocument(Document document, const IndexSchema& schema);

}  // namespace aisle
