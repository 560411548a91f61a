// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/status.h"
#include "query/query_syntax.h"
#include "query/search_request.h"
#include "query/stop_words.h"

namespace aisle {

// Takes the stop words of the set that the request names, if it names one, out of what is searched
// and of what is unwanted; returns them. Phrases and excluded words keep theirs, and so does a
// query of nothing else. InvalidArgument if there is no such set. `stop_words`: nullptr if there
// are no sets.
absl::StatusOr<std::vector<std::string>> LeaveOutStopWords(const SearchRequest& request,
                                                           const StopWords* stop_words,
                                                           const Analyzer& analyzer,
                                                           QuerySyntax* syntax);

}  // namespace aisle
