// SPDX-License-Identifier: GPL-3.0-or-later
//
// HotPatch: what a partial update says of fields marked `hot`. A member is a value, null (no value
// from now on) or an operation on the value there is:
//
//   {"_operation": "Increment", "value": 2}      adds; without a value there is 0
//   {"_operation": "Decrement", "value": 2}      subtracts
//   {"_operation": "Multiply", "value": 0.9}     and rounds to `decimals`: 2, for integers 0
//   {"_operation": "IncrementFrom", "value": 7}  adds 1 if the value is 7 \ else the whole update
//   {"_operation": "IncrementSet", "value": 7}   sets 7 if that is more  / is left out
//
// The last two guard an update by a version that the document carries. Members of nested objects
// stand where they are: {"offer": {"price": 5}}.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/inlined_vector.h>

#include "core/json.h"
#include "core/schema.h"
#include "core/status.h"
#include "indexer/hot_columns.h"

namespace aisle {

// The value that a document has in a field, by the field's number.
using HotValueOf = std::function<HotValue(uint32_t field)>;

// Whether the update, an object, names nothing but `id` and hot fields, all with what fits them at
// first sight; then it needs neither the document nor analysis. A nested one must have a value now:
// whether an object may come to be, only the whole document tells.
bool IsHotOnly(const Json& patch, const Schema& schema, const HotValueOf& now);

// What such an update sets. AlreadyExists if a guard does not let it pass, InvalidArgument if an
// operation makes no sense, OutOfRange if its result does not fit the field.
absl::StatusOr<HotMembers> ResolveHotPatch(const Json& patch, const Schema& schema,
                                           const HotValueOf& now);

// An update that sets hot fields of one document to values and does nothing else: what comes most
// often, so it is read without a tree.
struct HotUpdate {
  std::string id;
  HotMembers members;  // at least one; of several of a field the last counts
};
// `text` as such an update, so that IsHotOnly() would say yes; nullopt if it is anything else,
// right or wrong.
std::optional<HotUpdate> ReadHotUpdate(std::string_view text, const Schema& schema);
// The same update as an object.
Json JsonOf(const HotUpdate& update, const Schema& schema);

// For other updates: puts the results of operations on hot fields in their place. Errors as above.
absl::Status ResolveOperations(const Schema& schema, const HotValueOf& now, Json* patch);

}  // namespace aisle
