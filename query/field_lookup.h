// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finding the field that a parameter names, and telling which ones it could have named.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/schema.h"
#include "core/status.h"

namespace aisle {

// What a parameter does with a field.
struct FieldUse {
  std::string_view verb;   // "cannot be <verb>"
  std::string_view needs;  // what a field needs for it
  std::string_view extra;  // a name that is allowed without being a field; may be empty
  bool (*allows)(const Field&);
};

// The number of the field `name`. InvalidArgument with the names that are allowed, the most similar
// first, if there is none or it cannot be used so. Thread safe.
absl::StatusOr<size_t> FindField(std::string_view name, const Schema& schema, const FieldUse& use);

}  // namespace aisle
