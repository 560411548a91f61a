// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema.h"

#include <algorithm>
#include <array>
#include <set>

#include <absl/container/flat_hash_set.h>
#include <fmt/ranges.h>

#include "core/limits.h"

namespace aisle {
namespace {

constexpr std::array<std::string_view, 8> kTypeNames = {"string", "int32",    "int64",  "float",
                                                        "bool",   "geopoint", "object", "auto"};

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

// The mistakes of one field, each as a sentence.
void CheckField(const Field& field, std::vector<std::string>* mistakes) {
  const auto add = [&](std::string_view text) {
    mistakes->push_back(fmt::format("field `{}` ({}): {}", field.name, field.TypeText(), text));
  };
  if (absl::Status name = ValidateName("field name", field.name); !name.ok()) {
    mistakes->push_back(std::string(Message(name)));
  }
  if (field.name == "id") add("`id` is always there, a string; leave it out of the fields");
  if (field.hot && (!field.IsNumeric() || field.is_array)) {
    add("`hot` is for single numbers and booleans");
  }
  if (field.stem && !field.IsText()) add("`stem` is for strings");
  if (field.hierarchy && !(field.IsText() && field.facet)) {
    add("`hierarchy` is for strings with `facet`");
  }
  if (field.sort && field.is_array) add("`sort` needs a single value, not an array");
  if ((field.facet || field.sort) && !field.index) add("`facet` and `sort` need `index`");
  if (field.facet && field.IsGeo()) add("a geopoint cannot be a facet");
}

// The paths above the fields, as Schema::object_paths has them.
std::vector<std::string> PathsOfObjects(const std::vector<Field>& fields) {
  absl::flat_hash_set<std::string_view> typed;
  for (const Field& field : fields) {
    if (field.type != FieldType::kAuto) typed.insert(field.name);
  }
  std::set<std::string> paths;
  for (const Field& field : fields) {
    const std::string_view name = field.name;
    for (size_t dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1)) {
      if (!typed.contains(name.substr(0, dot))) paths.emplace(name.substr(0, dot));
    }
  }
  return {paths.begin(), paths.end()};
}

}  // namespace

std::string_view FieldTypeName(FieldType type) { return kTypeNames[static_cast<size_t>(type)]; }

std::string Field::TypeText() const {
  return fmt::format("{}{}", FieldTypeName(type), is_array ? "[]" : "");
}

absl::Status ValidateName(std::string_view what, std::string_view name) {
  if (name.empty() || name.size() > limits::kNameBytesMax) {
    return InvalidArgument("{} `{}` has {} bytes: allowed are 1..{}", what, name.substr(0, 200),
                           name.size(), limits::kNameBytesMax);
  }
  if (!std::all_of(name.begin(), name.end(), IsNameByte) || name.front() == '.' ||
      name.back() == '.') {
    return InvalidArgument(
        "{} `{}`: allowed are letters, digits, '_', '-' and '.', no dot at either end", what, name);
  }
  return absl::OkStatus();
}

absl::StatusOr<Schema> Schema::Create(std::string name, std::vector<Field> fields,
                                      std::string default_sorting_field) {
  std::vector<std::string> mistakes;
  if (absl::Status s = ValidateName("collection name", name); !s.ok()) {
    mistakes.emplace_back(Message(s));
  }
  Schema schema;
  schema.name_ = std::move(name);
  schema.default_sorting_field_ = std::move(default_sorting_field);
  absl::flat_hash_set<std::string> names;
  size_t searched = 0;
  for (Field& field : fields) {
    if (field.name == ".*") {
      schema.infers_fields_ = true;
      if (field.type != FieldType::kAuto || field.is_array) {
        mistakes.push_back(fmt::format(
            "field `.*`: type `{}` is not allowed: only `auto` is, each field then takes "
            "the type of its first value",
            field.TypeText()));
      }
      continue;
    }
    CheckField(field, &mistakes);
    if (!names.insert(field.name).second) {
      mistakes.push_back(fmt::format("field `{}` is there twice", field.name));
    }
    searched += field.IsSearched();
    schema.fields_.push_back(std::move(field));
  }
  if (schema.fields_.empty()) schema.infers_fields_ = true;
  if (schema.fields_.size() > limits::kFieldsMax || searched > limits::kSearchFieldsMax) {
    mistakes.push_back(fmt::format(
        "{} fields, {} of them searched strings: allowed are {} and {} (set `index` to false)",
        schema.fields_.size(), searched, limits::kFieldsMax, limits::kSearchFieldsMax));
  }
  if (!schema.default_sorting_field_.empty()) {
    const Field* field = schema.Find(schema.default_sorting_field_);
    if (field == nullptr || !field->IsNumeric() || field->is_array || !field->index) {
      mistakes.push_back(fmt::format(
          "default_sorting_field `{}` must name a single number or boolean of the schema",
          schema.default_sorting_field_));
    }
  }
  if (!mistakes.empty()) return InvalidArgument("{}", fmt::join(mistakes, "; "));
  schema.object_paths_ = PathsOfObjects(schema.fields_);
  return schema;
}

const Field* Schema::Find(std::string_view name) const {
  const auto number = NumberOf(name);
  return number ? &fields_[*number] : nullptr;
}

std::optional<size_t> Schema::NumberOf(std::string_view name) const {
  for (size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].name == name) return i;
  }
  return std::nullopt;
}

}  // namespace aisle
