// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opens the Xapian database of a segment: compiles its memory index and serves its stored
// documents.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/status.h"
#include "indexer/dictionaries.h"
#include "indexer/index_schema.h"
#include "indexer/segment.h"

namespace aisle {

// `live`: of all its documents those that are alive; only their ids can be found. DataLoss if the
// database is damaged or holds another number of documents.
absl::StatusOr<std::shared_ptr<const Segment>> OpenXapianSegment(uint64_t id, std::string directory,
                                                                 const DocSet& live,
                                                                 const IndexSchema& schema,
                                                                 Dictionaries* dictionaries);

// The stored documents of a segment whose memory index is known already, as after a flush. `count`:
// how many there are.
absl::StatusOr<std::shared_ptr<const StoredDocuments>> OpenXapianDocuments(
    const std::string& directory, uint32_t count);

}  // namespace aisle
