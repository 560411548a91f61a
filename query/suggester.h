// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers one keystroke: completions in the catalog's own words, matching categories and brands
// with their counts, and the best few products. Thread safe.
#pragma once

#include <cstddef>
#include <memory>

#include "core/status.h"
#include "indexer/snapshot.h"
#include "query/search_request.h"
#include "query/search_response.h"
#include "query/suggestion_parts.h"
#include "query/vocabulary.h"

namespace aisle {

// So few letters say little of what is meant, and many shoppers type the same.
inline constexpr size_t kFewLetters = 3;

// `memory`: where what an earlier answer was made of is looked for and kept; its key names the
// synonyms too.
absl::StatusOr<SuggestResponse> Suggest(const SuggestRequest& request,
                                        std::shared_ptr<const Snapshot> snapshot,
                                        Vocabulary vocabulary = {},
                                        const SuggestionMemory& memory = {});

}  // namespace aisle
