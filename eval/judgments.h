// SPDX-License-Identifier: GPL-3.0-or-later
//
// Judgments: which products are good answers to which queries, as people (or a catalog's maker)
// graded them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/status.h"

namespace aisle {

// query -> product id -> grade, 0 (irrelevant) and up.
using Judgments = std::map<std::string, std::map<std::string, int>>;

// Reads tab-separated lines `query product_id grade`; a first line that says so is skipped.
// InvalidArgument names the line that is none.
absl::StatusOr<Judgments> ReadJudgments(std::string_view text);

}  // namespace aisle
