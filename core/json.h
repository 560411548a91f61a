// SPDX-License-Identifier: GPL-3.0-or-later
//
// Json: a value tree, for what is small and has to be inspected or changed: documents, schemas,
// request bodies. Answers are not built as trees; they are written with JsonWriter.
//
// A Json is a plain value: copyable, movable, not synchronised. Objects keep the order of their
// members; a repeated key keeps its first place and its last value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <absl/functional/function_ref.h>

#include "core/status.h"

namespace aisle {

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;
  Json(std::nullptr_t) {}                               // NOLINT: values convert
  Json(bool v) : value_(v) {}                           // NOLINT
  Json(int v) : value_(int64_t{v}) {}                   // NOLINT
  Json(int64_t v) : value_(v) {}                        // NOLINT
  Json(double v) : value_(v) {}                         // NOLINT
  Json(std::string v) : value_(std::move(v)) {}         // NOLINT
  Json(std::string_view v) : value_(std::string(v)) {}  // NOLINT
  Json(const char* v) : value_(std::string(v)) {}       // NOLINT
  Json(Array v) : value_(std::move(v)) {}               // NOLINT
  Json(Object v) : value_(std::move(v)) {}              // NOLINT

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_int() const { return std::holds_alternative<int64_t>(value_); }
  bool is_double() const { return std::holds_alternative<double>(value_); }
  bool is_number() const { return is_int() || is_double(); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  // REQUIRES: the matching is_*().
  bool as_bool() const { return std::get<bool>(value_); }
  int64_t as_int() const { return std::get<int64_t>(value_); }
  const std::string& as_string() const { return std::get<std::string>(value_); }
  const Array& as_array() const { return std::get<Array>(value_); }
  Array& as_array() { return std::get<Array>(value_); }
  const Object& as_object() const { return std::get<Object>(value_); }
  Object& as_object() { return std::get<Object>(value_); }
  // REQUIRES: is_number().
  double as_double() const {
    return is_int() ? static_cast<double>(as_int()) : std::get<double>(value_);
  }

  // The member `key` of an object; nullptr if this is no object or has no such member.
  const Json* Find(std::string_view key) const;
  // Sets the member `key` of an object. REQUIRES: is_object().
  void Set(std::string_view key, Json value);
  // Removes the member `key`; false if there was none. REQUIRES: is_object().
  bool Erase(std::string_view key);

  // Compact JSON text. Doubles print in the shortest form that reads back the same.
  std::string Dump() const;
  void DumpTo(std::string* out) const;

  // "null", "boolean", "integer", "number", "string", "array" or "object": for error messages.
  std::string_view TypeName() const;
  // The same with its article: "an integer".
  std::string TypeNameWithArticle() const;

  // Whether it holds a boolean, a number or a string: null, [], {}, [null] and {"a": []} hold none.
  bool HoldsValue() const;

  friend bool operator==(const Json&, const Json&) = default;

 private:
  std::variant<std::monostate, bool, int64_t, double, std::string, Array, Object> value_;
};

// Parses one JSON text. InvalidArgument with the reason for malformed JSON, invalid UTF-8, integers
// beyond 64 bits and nesting beyond limits::kJsonDepthMax. Thread safe.
absl::StatusOr<Json> ParseJson(std::string_view text);

// Visits the members of `text`, an object of nothing but null, booleans, numbers and strings, in
// their order and without making a tree; a repeated key each time. False, after none or some of
// them, if `text` is anything else or `visit` says false. Thread safe.
bool VisitScalars(std::string_view text,
                  absl::FunctionRef<bool(std::string_view key, const Json& value)> visit);

}  // namespace aisle
