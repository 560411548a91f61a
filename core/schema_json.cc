// SPDX-License-Identifier: GPL-3.0-or-later
// Schema <-> JSON, the body of `POST /collections`.
#include <array>

#include <fmt/ranges.h>

#include "core/schema.h"

namespace aisle {
namespace {

struct Flag {
  std::string_view name;
  bool Field::*member;
};
constexpr std::array<Flag, 7> kFlags = {{{"facet", &Field::facet},
                                         {"sort", &Field::sort},
                                         {"index", &Field::index},
                                         {"optional", &Field::optional},
                                         {"hot", &Field::hot},
                                         {"stem", &Field::stem},
                                         {"hierarchy", &Field::hierarchy}}};

// Members that clients of other engines send, harmless with the value that asks for nothing.
bool AsksForNothing(std::string_view key, const Json& value) {
  if (key == "store") return value == Json(true);
  if (key == "infix" || key == "range_index") return value == Json(false);
  return key == "reference" && (value.is_null() || value == Json(""));
}

absl::Status ParseType(std::string_view text, Field* field) {
  std::string_view base = text;
  if (base.ends_with("[]")) {
    field->is_array = true;
    base.remove_suffix(2);
  }
  constexpr std::array kTypes = {FieldType::kString, FieldType::kInt32, FieldType::kInt64,
                                 FieldType::kFloat,  FieldType::kBool,  FieldType::kGeopoint,
                                 FieldType::kObject, FieldType::kAuto};
  for (FieldType type : kTypes) {
    if (FieldTypeName(type) != base || (type == FieldType::kAuto && field->is_array)) continue;
    field->type = type;
    return absl::OkStatus();
  }
  return InvalidArgument(
      "field `{}`: type `{}` is unknown: allowed are string, int32, int64, float, bool, geopoint, "
      "object, each also with [], and auto",
      field->name, text);
}

absl::Status SetMember(std::string_view key, const Json& value, Field* field) {
  if (key == "name" || key == "type") return absl::OkStatus();
  for (const Flag& flag : kFlags) {
    if (flag.name != key) continue;
    if (!value.is_bool()) {
      return InvalidArgument("field `{}`: `{}` must be true or false, not {}", field->name, key,
                             value.Dump());
    }
    field->*flag.member = value.as_bool();
    return absl::OkStatus();
  }
  if (key == "locale" && value.is_string()) {
    if (!value.as_string().empty()) field->locale = value.as_string();
    return absl::OkStatus();
  }
  if (AsksForNothing(key, value)) return absl::OkStatus();
  return InvalidArgument(
      "field `{}`: `{}`: {} is not known: allowed are name, type, facet, sort, index, optional, "
      "hot, "
      "stem, locale, hierarchy",
      field->name, key, value.Dump());
}

absl::StatusOr<Field> ParseField(const Json& json) {
  const Json* name = json.Find("name");
  const Json* type = json.Find("type");
  if (name == nullptr || !name->is_string() || type == nullptr || !type->is_string()) {
    return InvalidArgument(
        "each of `fields` must be an object with the strings `name` and `type`, not {}",
        json.Dump().substr(0, 200));
  }
  Field field;
  field.name = name->as_string();
  RETURN_IF_ERROR(ParseType(type->as_string(), &field));
  const Json* index = json.Find("index");
  field.sort = field.IsNumeric() && !field.is_array && (index == nullptr || *index != Json(false));
  field.optional = field.type == FieldType::kAuto || field.type == FieldType::kObject;
  for (const auto& [key, value] : json.as_object()) RETURN_IF_ERROR(SetMember(key, value, &field));
  return field;
}

}  // namespace

absl::StatusOr<Schema> Schema::FromJson(const Json& json) {
  const Json* name = json.Find("name");
  if (!json.is_object() || name == nullptr || !name->is_string()) {
    return InvalidArgument(
        "a collection is an object with the string `name` and the array `fields`");
  }
  std::vector<Field> fields;
  std::vector<std::string> mistakes;
  std::string default_sorting_field;
  for (const auto& [key, value] : json.as_object()) {
    if (key == "fields" && value.is_array()) {
      for (const Json& item : value.as_array()) {
        absl::StatusOr<Field> field = ParseField(item);
        if (field.ok()) {
          fields.push_back(*std::move(field));
        } else {
          mistakes.emplace_back(Message(field.status()));
        }
      }
    } else if (key == "default_sorting_field" && value.is_string()) {
      default_sorting_field = value.as_string();
    } else if (key == "fields" || key == "default_sorting_field") {
      mistakes.push_back(fmt::format("`{}` has the wrong type: {}", key, value.TypeName()));
    } else if (key != "name" && key != "shards" && key != "enable_nested_fields" &&
               key != "token_separators" && key != "symbols_to_index" && key != "metadata" &&
               key != "created_at" && key != "num_documents") {
      mistakes.push_back(fmt::format(
          "`{}` is not known: allowed are name, fields, default_sorting_field, shards", key));
    }
  }
  if (!mistakes.empty()) return InvalidArgument("{}", fmt::join(mistakes, "; "));
  return Create(name->as_string(), std::move(fields), std::move(default_sorting_field));
}

Json Schema::ToJson() const {
  Json::Array fields;
  const auto add = [&](const Field& field) {
    Json::Object object = {{"name", field.name}, {"type", field.TypeText()}};
    for (const Flag& flag : kFlags) object.emplace_back(flag.name, field.*flag.member);
    object.emplace_back("locale", field.locale);
    fields.push_back(Json(std::move(object)));
  };
  for (const Field& field : fields_) add(field);
  if (infers_fields_) {
    fields.push_back(Json(Json::Object{{"name", ".*"}, {"type", "auto"}}));
  }
  return Json(Json::Object{{"name", name_},
                           {"fields", Json(std::move(fields))},
                           {"default_sorting_field", default_sorting_field_}});
}

}  // namespace aisle
