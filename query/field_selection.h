// SPDX-License-Identifier: GPL-3.0-or-later
//
// FieldSelection: which members of a document are given back (`include_fields`, `exclude_fields`).
// A name is a member or a dotted path, which looks through arrays as VisitPath() does:
// "variants.size" is the size of each variant. Without any included name all members are in; what
// is excluded is out even if it is included. `id` has no special part. Immutable; thread safe.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/json.h"

namespace aisle {

class FieldSelection {
 public:
  FieldSelection(std::vector<std::string> include, std::vector<std::string> exclude)
      : include_(std::move(include)), exclude_(std::move(exclude)) {}

  // Every document stays as it is: the caller can do without Apply(), and without parsing it.
  bool keeps_all() const { return include_.empty() && exclude_.empty(); }

  // The JSON text of the members of `source`, an object, that are selected, in their order.
  std::string Apply(const Json& source) const;

 private:
  std::vector<std::string> include_;
  std::vector<std::string> exclude_;
};

}  // namespace aisle
