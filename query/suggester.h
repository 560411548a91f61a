// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers one keystroke: completions in the catalog's own words, matching categories and brands
// with their counts, and the best few products. Thread safe.
#pragma once

#include <memory>

#include "core/status.h"
#include "indexer/snapshot.h"
#include "query/search_request.h"
#include "query/search_response.h"
#include "query/synonyms.h"

namespace aisle {

absl::StatusOr<SuggestResponse> Suggest(const SuggestRequest& request,
                                        std::shared_ptr<const Snapshot> snapshot,
                                        std::shared_ptr<const Synonyms> synonyms = nullptr);

}  // namespace aisle
