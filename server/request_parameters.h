// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parameters of a search from wherever they came, the query string or a JSON body, and their
// reading into typed members. Reading collects every mistake instead of stopping at the first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/status.h"
#include "server/query_string.h"

namespace aisle {

// Name and value; the values of a query string are JSON strings.
using Parameters = std::vector<std::pair<std::string, Json>>;

Parameters ParametersOf(const QueryString& query);
// `json` must be an object; `what` names it in the error: "the body".
absl::StatusOr<Parameters> ParametersOf(const Json& json, std::string_view what);
// `parameters` and those of `defaults` that it does not give itself.
Parameters WithDefaults(Parameters parameters, const Parameters& defaults);

// The readers return what is wrong with the value, worded to follow "NAME is VALUE: "; empty if
// nothing is.
using Mistake = std::string;

// A string; numbers and booleans as JSON writes them; an array joined with ",".
Mistake ReadText(const Json& value, std::string* out);
// true, false, "true", "false", 1, 0, "1", "0".
Mistake ReadBool(const Json& value, bool* out);
struct WholeRange {
  uint64_t min = 0;
  uint64_t max = 0;
};
// A whole number or its digits as a string.
Mistake ReadWhole(const Json& value, WholeRange range, uint64_t* out);
// A comma list or an array of strings; blanks around an element and empty elements are dropped.
Mistake ReadList(const Json& value, std::vector<std::string>* out);

// The value as shown in an error message, cut to a readable length.
std::string Shown(const Json& value);

}  // namespace aisle
