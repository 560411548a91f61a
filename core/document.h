// SPDX-License-Identifier: GPL-3.0-or-later
//
// Document: one product, checked against a schema. `source` is what is stored and given back;
// `values` is what is indexed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/schema.h"
#include "core/status.h"

namespace aisle {

struct GeoPoint {
  double latitude = 0;
  double longitude = 0;
  friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

// The values of one field of one document, in the order of the source. At most one of the vectors
// is filled, by the field's type. None filled: the document has no value.
struct FieldValues {
  std::vector<std::string> texts;
  std::vector<int64_t> integers;  // int32, int64; bool as 0 and 1
  std::vector<double> floats;
  std::vector<GeoPoint> points;

  bool empty() const {
    return texts.empty() && integers.empty() && floats.empty() && points.empty();
  }
};

// Why the value of a field is not indexed.
struct Misfit {
  std::string field;
  std::string reason;
};

struct Document {
  std::string id;
  std::string source;               // JSON text of an object, with "id"
  std::vector<FieldValues> values;  // by field number of the schema
  std::vector<Misfit> left_out;     // empty unless it was read leniently
};

// The id of `source`. InvalidArgument if it is missing, no string, empty or longer than
// limits::kIdBytesMax.
absl::StatusOr<std::string> DocumentId(const Json& source);

// Checks `source` against `schema`; the error lists every mistake (field, value, what is allowed).
// What holds no value (Json::HoldsValue) fits every field that is optional; neither it nor a blank
// text is among the values.
absl::StatusOr<Document> ReadDocument(const Json& source, const Schema& schema);

// The same for a document into which `patch` was merged: only the fields that the patch names have
// to fit, others that do not are left out of the values.
absl::StatusOr<Document> ReadPatchedDocument(const Json& source, const Json& patch,
                                             const Schema& schema);

// Reads a document that was accepted before: whatever does not fit is left out of the values, never
// an error, so that what was acknowledged always comes back. InvalidArgument only if it is no
// document at all.
absl::StatusOr<Document> ReadStoredDocument(const Json& source, const Schema& schema);

// Merges the members of `patch` into `source`: objects recursively, null removes a member, all else
// replaces.
void MergePatch(const Json& patch, Json* source);

// Calls visit(const Json& leaf) for each value at a dotted path, looking through arrays:
// "variants.size" visits the size of each variant. A member whose own name has the dot is found as
// well.
template <typename Visit>
void VisitPath(const Json& json, std::string_view path, const Visit& visit);

}  // namespace aisle

#include "core/document-inl.h"
