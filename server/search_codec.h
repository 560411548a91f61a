// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search and suggest parameters to requests. What is wrong with a value's type or range is found
// here; what only the schema can tell, by the engine.
#pragma once

#include "core/status.h"
#include "engine/engine.h"
#include "server/request_parameters.h"

namespace aisle {

// InvalidArgument that lists every mistake: the parameter, its value and what is allowed.
// Parameters of Typesense's clients that only tune what Aisle decides by itself are accepted
// without effect; those that would change the answer, and unknown ones, are mistakes unless they
// are empty.
absl::StatusOr<SearchRequest> DecodeSearch(const Parameters& parameters);
absl::StatusOr<SuggestRequest> DecodeSuggest(const Parameters& parameters);

}  // namespace aisle
