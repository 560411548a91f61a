// SPDX-License-Identifier: GPL-3.0-or-later
//
// Schema files: the body of `POST /collections` in a file.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/status.h"

namespace aisle {

// Reads and checks the file. `name`, if it is not empty, replaces the one that the file gives.
// InvalidArgument names the file and lists every mistake.
absl::StatusOr<Json> ReadSchemaFile(const std::string& path, std::string_view name = {});

// OK if `wanted` describes the collection `existing`, which may have got more fields since by the
// types `auto` and `object`. FailedPrecondition that lists what differs. Both as the body of `POST
// /collections`.
absl::Status CheckSameSchema(const Json& wanted, const Json& existing);

}  // namespace aisle
