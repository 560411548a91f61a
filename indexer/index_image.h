// SPDX-License-Identifier: GPL-3.0-or-later
//
// The image of a segment's memory index, beside its Xapian database: so that a start need not
// compile the index anew. Nothing but a cache: the database has all that is in it, and an image
// that is missing, damaged, or of another version or schema is not used. (docs/adr/0005)
//
//   "AISLEIX2", the CRC-32C of the rest (32 bits), the fields of the search bits (an array of
//   32-bit numbers), then the index as MemoryIndex::Save() writes it
#pragma once

#include <memory>
#include <string>

#include "core/status.h"
#include "indexer/index_schema.h"
#include "indexer/memory_index.h"

namespace aisle {

// Writes DIRECTORY/index.image, durably. If that fails there is none, a warning says so, and the
// next start takes longer.
void WriteIndexImage(const std::string& directory, const MemoryIndex& index,
                     const IndexSchema& schema, const Dictionaries& dictionaries);

// The index of the image; nullptr if there is none that can be used. `live`: of all documents of
// the segment those that are alive.
std::shared_ptr<const MemoryIndex> ReadIndexImage(const std::string& directory, const DocSet& live,
                                                  const IndexSchema& schema,
                                                  Dictionaries* dictionaries);

}  // namespace aisle
