// SPDX-License-Identifier: GPL-3.0-or-later
//
// Schema: the fields of a collection, their types and what each is used for.
//
// A Schema is an immutable value after Create(); a field keeps its number (its place in fields())
// for ever, new fields are appended (Extend). Segments written under an older schema just lack the
// later fields.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/status.h"

namespace aisle {

enum class FieldType {
  kString,
  kInt32,
  kInt64,
  kFloat,
  kBool,
  kGeopoint,
  kObject,  // its members become fields of their own, named "object.member"
  kAuto,    // takes the type of the first value seen
};

// "string", "int32", ...
std::string_view FieldTypeName(FieldType type);

struct Field {
  std::string name;  // nested members by path: "specs.weight"
  FieldType type = FieldType::kString;
  bool is_array = false;
  bool facet = false;
  bool sort = false;  // default: true for numbers
  bool index = true;  // false: stored only
  bool optional = false;
  bool hot = false;  // a number that changes often (price, stock)
  bool stem = false;
  bool hierarchy = false;  // values are paths "A > B > C"; each ancestor is counted too
  std::string locale = "en";

  bool IsText() const { return type == FieldType::kString; }
  // int32, int64 or bool: values are int64_t.
  bool IsInteger() const {
    return type == FieldType::kInt32 || type == FieldType::kInt64 || type == FieldType::kBool;
  }
  bool IsFloat() const { return type == FieldType::kFloat; }
  bool IsNumeric() const { return IsInteger() || IsFloat(); }
  bool IsGeo() const { return type == FieldType::kGeopoint; }
  // The words of the field are searched.
  bool IsSearched() const { return index && IsText(); }
  // The field has a column (doc values): it can be filtered exactly, counted and sorted by.
  bool HasColumn() const {
    return index && (IsNumeric() || IsGeo() || (IsText() && (facet || sort)));
  }
  // The type as written in a schema: "string[]", "float".
  std::string TypeText() const;

  friend bool operator==(const Field&, const Field&) = default;
};

class Schema {
 public:
  Schema() = default;

  // Checks every field and every pair of them; the error lists all mistakes, not only the first.
  static absl::StatusOr<Schema> Create(std::string name, std::vector<Field> fields,
                                       std::string default_sorting_field = {});
  // The body of `POST /collections`, see docs/api.md.
  static absl::StatusOr<Schema> FromJson(const Json& json);
  Json ToJson() const;

  const std::string& name() const { return name_; }
  const std::vector<Field>& fields() const { return fields_; }
  // Empty if there is none.
  const std::string& default_sorting_field() const { return default_sorting_field_; }
  // Documents may bring fields that the schema does not name: their types are inferred.
  bool infers_fields() const { return infers_fields_; }

  // The field with this name or nullptr; its number is its place in fields().
  const Field* Find(std::string_view name) const;
  std::optional<size_t> NumberOf(std::string_view name) const;

  // The paths, ascending, below which there are fields and which are none themselves or `auto`:
  // documents have an object there, or an array of them, or nothing. (A field of type `object` says
  // so itself.)
  const std::vector<std::string>& object_paths() const { return object_paths_; }

  // The schema with the fields that `document` brings and that `auto`, `object` or inference turns
  // into real ones; nullopt if there is nothing new. A number becomes `float`, beyond 2^53 and
  // whole `int64`. No type that is known changes: what does not fit brings nothing, ReadDocument
  // refuses it. Fails if a value has no type (such as an array of mixed kinds).
  absl::StatusOr<std::optional<Schema>> Extend(const Json& document) const;

  friend bool operator==(const Schema&, const Schema&) = default;

 private:
  bool MayBringFields(std::string_view key) const;

  std::string name_;
  std::vector<Field> fields_;
  std::string default_sorting_field_;
  bool infers_fields_ = false;
  std::vector<std::string> object_paths_;  // follows from fields_
};

// A schema named `name` for documents like these: optional fields, facets for short repeated
// strings, sort for numbers; URLs and times are stored only. The members of nested objects become
// fields "object.member". Where documents differ the type wins that most of them have (of equally
// many the first seen), so some of the documents may not fit the schema.
absl::StatusOr<Schema> InferSchema(std::string_view name, const std::vector<Json>& documents);

// Names of collections and fields. `what` begins the message.
absl::Status ValidateName(std::string_view what, std::string_view name);

}  // namespace aisle
