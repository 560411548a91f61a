// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search and suggest responses as JSON, in the shape of docs/api.md.
#pragma once

#include <string>
#include <string_view>

#include "core/json_writer.h"
#include "engine/engine.h"

namespace aisle {

void WriteSearchResponse(std::string_view collection, const SearchRequest& request,
                         const SharedResponse<SearchResponse>& answer, JsonWriter* writer);
void WriteSuggestResponse(const SuggestRequest& request,
                          const SharedResponse<SuggestResponse>& answer, JsonWriter* writer);

// A score as a whole number that JavaScript holds exactly: not negative, below 2^53, growing with
// the score.
int64_t TextMatchOf(double score);

}  // namespace aisle
