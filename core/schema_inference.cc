// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fields from documents: Schema::Extend for a document that brings new ones, InferSchema for a
// whole file. Types widen integer -> number; anything else that differs is an error that names
// both.
#include <algorithm>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include "core/limits.h"
#include "core/schema.h"

namespace aisle {
namespace {

// What has been seen at one path.
struct Observation {
  FieldType type = FieldType::kAuto;
  bool is_array = false;
  size_t values = 0;
  size_t bytes_max = 0;
  absl::flat_hash_set<std::string> distinct;  // at most kDistinctMax

  static constexpr size_t kDistinctMax = 5000;
};

// Observations by path, in the order of first sight.
class Observer {
 public:
  // `fixed`: paths that have a type already and are not looked at.
  explicit Observer(absl::flat_hash_set<std::string> fixed) : fixed_(std::move(fixed)) {}

  absl::Status Look(const Json& value, const std::string& path, bool in_array);

  std::vector<std::string> paths;
  absl::flat_hash_map<std::string, Observation> by_path;

 private:
  absl::Status Note(const Json& value, const std::string& path, bool in_array);

  absl::flat_hash_set<std::string> fixed_;
};

absl::Status Observer::Look(const Json& value, const std::string& path, bool in_array) {
  if (fixed_.contains(path) || value.is_null()) return absl::OkStatus();
  if (value.is_array()) {
    for (const Json& element : value.as_array()) {
      if (element.is_array()) {
        return InvalidArgument("field `{}`: an array within an array cannot be indexed", path);
      }
      RETURN_IF_ERROR(Look(element, path, true));
    }
    return absl::OkStatus();
  }
  if (value.is_object()) {
    for (const auto& [key, member] : value.as_object()) {
      RETURN_IF_ERROR(Look(member, path + "." + key, in_array));
    }
    return absl::OkStatus();
  }
  return Note(value, path, in_array);
}

absl::Status Observer::Note(const Json& value, const std::string& path, bool in_array) {
  FieldType type = FieldType::kString;
  if (value.is_bool()) type = FieldType::kBool;
  if (value.is_int()) type = FieldType::kInt64;
  if (value.is_double()) type = FieldType::kFloat;
  const auto [it, is_new] = by_path.try_emplace(path);
  Observation& seen = it->second;
  if (is_new) paths.push_back(path);
  const bool both_numbers = (type == FieldType::kInt64 && seen.type == FieldType::kFloat) ||
                            (type == FieldType::kFloat && seen.type == FieldType::kInt64);
  if (seen.type == FieldType::kAuto) {
    seen.type = type;
  } else if (both_numbers) {
    seen.type = FieldType::kFloat;
  } else if (seen.type != type) {
    return InvalidArgument("field `{}`: a {} value {} where others are of type {}", path,
                           value.TypeName(), value.Dump().substr(0, 100), FieldTypeName(seen.type));
  }
  seen.is_array |= in_array;
  ++seen.values;
  if (value.is_string()) {
    seen.bytes_max = std::max(seen.bytes_max, value.as_string().size());
    if (seen.distinct.size() < Observation::kDistinctMax) seen.distinct.insert(value.as_string());
  }
  return absl::OkStatus();
}

// A short label is worth counting and filtering; a text is not.
constexpr size_t kLabelBytesMax = 64;

Field MakeField(const std::string& name, const Observation& seen) {
  Field field;
  field.name = name;
  field.type = seen.type;
  field.is_array = seen.is_array;
  field.optional = true;
  field.sort = field.IsNumeric() && !field.is_array;
  field.facet =
      seen.type == FieldType::kBool || (field.IsText() && seen.bytes_max <= kLabelBytesMax);
  return field;
}

}  // namespace

absl::StatusOr<std::optional<Schema>> Schema::Extend(const Json& document) const {
  absl::flat_hash_set<std::string> fixed = {"id"};
  for (const Field& field : fields_) {
    if (field.type != FieldType::kAuto && field.type != FieldType::kObject)
      fixed.insert(field.name);
  }
  Observer observer(std::move(fixed));
  for (const auto& [key, value] : document.as_object()) {
    const Field* field = Find(key);
    const bool wanted = field != nullptr
                            ? field->type == FieldType::kAuto || field->type == FieldType::kObject
                            : infers_fields_;
    if (wanted && ValidateName("field name", key).ok()) {
      RETURN_IF_ERROR(observer.Look(value, key, false));
    }
  }
  if (observer.paths.empty()) return std::optional<Schema>();
  Schema extended = *this;
  for (const std::string& path : observer.paths) {
    Field found = MakeField(path, observer.by_path.at(path));
    if (auto number = NumberOf(path)) {  // was `auto`: keeps the flags that were asked for
      Field& field = extended.fields_[*number];
      field.type = found.type;
      field.is_array = found.is_array;
      field.sort = field.sort || found.sort;
    } else if (ValidateName("field name", path).ok()) {
      extended.fields_.push_back(std::move(found));
    }
  }
  std::vector<Field> fields = extended.fields_;
  if (infers_fields_) fields.push_back(Field{.name = ".*", .type = FieldType::kAuto});
  ASSIGN_OR_RETURN(extended, Create(name_, std::move(fields), default_sorting_field_));
  return std::optional<Schema>(std::move(extended));
}

absl::StatusOr<Schema> InferSchema(std::string_view name, const std::vector<Json>& documents) {
  Observer observer({"id"});
  for (const Json& document : documents) {
    if (!document.is_object()) return InvalidArgument("a document must be a JSON object");
    for (const auto& [key, value] : document.as_object()) {
      RETURN_IF_ERROR(observer.Look(value, key, false));
    }
  }
  std::vector<Field> fields;
  for (const std::string& path : observer.paths) {
    const Observation& seen = observer.by_path.at(path);
    Field field = MakeField(path, seen);
    // Repeated labels are facets; a title that differs in every product is not.
    const size_t distinct = seen.distinct.size();
    if (field.IsText() && !field.is_array && distinct * 2 > seen.values && seen.values > 20) {
      field.facet = false;
    }
    fields.push_back(std::move(field));
  }
  fields.push_back(Field{.name = ".*", .type = FieldType::kAuto});
  return Schema::Create(std::string(name), std::move(fields));
}

}  // namespace aisle
