// SPDX-License-Identifier: GPL-3.0-or-later
//
// Brings an index up to its journal, when a collection is opened.
#pragma once

#include "core/status.h"
#include "indexer/collection_index.h"
#include "ingest/journal.h"

namespace aisle {

// Applies every entry of the journal and publishes. Nobody else may write meanwhile. DataLoss if an
// entry is damaged.
absl::Status ReplayJournal(Journal* journal, CollectionIndex* index);

}  // namespace aisle
