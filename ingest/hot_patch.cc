// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/hot_patch.h"

#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "core/limits.h"

namespace aisle {
namespace {

constexpr std::string_view kOperation = "_operation";
// Numbers with so many decimals are added as people add them: 0.1 + 0.2 is 0.3.
constexpr double kDecimals = 10000;
constexpr double kWholeMax = 4503599627370496;  // 2^52
constexpr int64_t kDecimalsMax = 9;

bool IsOperation(const Json& value) { return value.Find(kOperation) != nullptr; }

// The number of the hot field of this path that can change in place; nullopt if it is none.
std::optional<uint32_t> HotFieldOf(std::string_view path, const Schema& schema) {
  const auto number = schema.NumberOf(path);
  if (!number) return std::nullopt;
  const Field& field = schema.fields()[*number];
  if (!field.hot || !field.HasColumn()) return std::nullopt;
  return static_cast<uint32_t>(*number);
}

// Visits the members of `patch`, those of nested objects by their paths, until `visit` says false;
// then, and if a name is no part of a path or an object is empty, the result is false.
template <typename JsonType, typename Visit>
bool VisitMembers(JsonType& patch, const std::string& prefix, const Visit& visit) {
  for (auto& [name, value] : patch.as_object()) {
    if (prefix.empty() && name == "id") continue;
    if (name.find('.') != name.npos) return false;
    const std::string path = prefix + name;
    const bool is_object = value.is_object() && !IsOperation(value);
    if (is_object && value.as_object().empty()) return false;
    if (!(is_object ? VisitMembers(value, path + ".", visit) : visit(path, value))) return false;
  }
  return true;
}

bool FitsInt32(int64_t value) {
  return value >= std::numeric_limits<int32_t>::min() &&
         value <= std::numeric_limits<int32_t>::max();
}

// The value as it stands in a patch; nullopt if it does not fit at first sight.
std::optional<HotValue> PlainValue(const Json& value, const Field& field) {
  if (value.is_null()) return field.optional ? std::optional<HotValue>(HotValue()) : std::nullopt;
  switch (field.type) {
    case FieldType::kBool:
      if (!value.is_bool()) return std::nullopt;
      return HotValue(int64_t{value.as_bool()});
    case FieldType::kInt32:
    case FieldType::kInt64:
      if (!value.is_int()) return std::nullopt;
      if (field.type == FieldType::kInt32 && !FitsInt32(value.as_int())) return std::nullopt;
      return HotValue(value.as_int());
    case FieldType::kFloat:
      if (!value.is_number()) return std::nullopt;
      return HotValue(value.as_double());
    default:
      return std::nullopt;
  }
}

double NumberOf(const HotValue& value) {
  if (const auto* integer = std::get_if<int64_t>(&value)) return static_cast<double>(*integer);
  const auto* number = std::get_if<double>(&value);
  return number == nullptr ? 0 : *number;
}

double Add(double a, double b) {
  const auto is_decimal = [](double value) {
    const double scaled = std::nearbyint(value * kDecimals);
    return std::abs(scaled) < kWholeMax && scaled / kDecimals == value;
  };
  if (!is_decimal(a) || !is_decimal(b)) return a + b;
  return (std::nearbyint(a * kDecimals) + std::nearbyint(b * kDecimals)) / kDecimals;
}

enum class Operation { kIncrement, kDecrement, kMultiply, kIncrementFrom, kIncrementSet };

constexpr std::array<std::pair<std::string_view, Operation>, 5> kOperations = {{
    {"Increment", Operation::kIncrement},
    {"Decrement", Operation::kDecrement},
    {"Multiply", Operation::kMultiply},
    {"IncrementFrom", Operation::kIncrementFrom},
    {"IncrementSet", Operation::kIncrementSet},
}};

// An operation as it stands in a patch.
struct Wish {
  Operation operation = Operation::kIncrement;
  Json value;
  int64_t decimals = 0;
};

absl::StatusOr<Wish> ReadWish(const Json& json, const Field& field) {
  Wish wish;
  wish.decimals = field.IsFloat() ? 2 : 0;
  std::optional<Operation> operation;
  for (const auto& [name, value] : json.as_object()) {
    if (name == kOperation) {
      for (const auto& [text, known] : kOperations) {
        if (value == Json(text)) operation = known;
      }
    } else if (name == "value") {
      wish.value = value;
    } else if (name == "decimals" && value.is_int() && value.as_int() >= 0 &&
               value.as_int() <= kDecimalsMax) {
      wish.decimals = value.as_int();
    } else {
      return InvalidArgument(
          "field `{}`: `{}`: {} is not allowed: an operation has `_operation`, `value` and, to "
          "multiply, `decimals` (0..{})",
          field.name, name, value.Dump(), kDecimalsMax);
    }
  }
  if (!operation) {
    return InvalidArgument(
        "field `{}`: `_operation` is {}: allowed are Increment, Decrement, Multiply, IncrementFrom "
        "and IncrementSet",
        field.name, json.Find(kOperation)->Dump());
  }
  wish.operation = *operation;
  const bool takes_any = field.IsFloat() || wish.operation == Operation::kMultiply;
  if (field.type == FieldType::kBool ||
      !(takes_any ? wish.value.is_number() : wish.value.is_int())) {
    return InvalidArgument("field `{}`: `value` is {}: the field's type is {}", field.name,
                           wish.value.Dump(), field.TypeText());
  }
  return wish;
}

absl::Status TooLarge(const Field& field) {
  return absl::OutOfRangeError(
      fmt::format("field `{}`: the result does not fit {}", field.name, field.TypeText()));
}

absl::StatusOr<HotValue> WholeResult(int64_t now, const Wish& wish, const Field& field) {
  int64_t result = 0;
  bool overflows = false;
  if (wish.operation == Operation::kMultiply) {
    const double product = std::nearbyint(static_cast<double>(now) * wish.value.as_double());
    overflows = !(std::abs(product) < kWholeMax);
    if (!overflows) result = static_cast<int64_t>(product);
  } else if (wish.operation == Operation::kDecrement) {
    overflows = __builtin_sub_overflow(now, wish.value.as_int(), &result);
  } else {
    const bool is_by_one = wish.operation == Operation::kIncrementFrom;
    overflows = __builtin_add_overflow(now, is_by_one ? 1 : wish.value.as_int(), &result);
  }
  if (overflows || (field.type == FieldType::kInt32 && !FitsInt32(result))) return TooLarge(field);
  return result;
}

absl::StatusOr<HotValue> FloatResult(double now, const Wish& wish, const Field& field) {
  double result = 0;
  if (wish.operation == Operation::kMultiply) {
    const double scale = std::pow(10.0, static_cast<double>(wish.decimals));
    const double product = now * wish.value.as_double();
    const double scaled = std::round(product * scale);
    result = std::abs(scaled) < kWholeMax ? scaled / scale : product;
  } else if (wish.operation == Operation::kDecrement) {
    result = Add(now, -wish.value.as_double());
  } else {
    result = Add(now, wish.operation == Operation::kIncrementFrom ? 1 : wish.value.as_double());
  }
  if (!std::isfinite(result)) return TooLarge(field);
  return result;
}

absl::StatusOr<HotValue> Operate(const Json& json, const Field& field, const HotValue& now) {
  ASSIGN_OR_RETURN(const Wish wish, ReadWish(json, field));
  const bool has_value = !std::holds_alternative<std::monostate>(now);
  const auto compare = [&] {  // the value given with the one there is; none counts as 0
    if (field.IsFloat()) {
      const double given = wish.value.as_double(), own = NumberOf(now);
      return given < own ? -1 : (given > own ? 1 : 0);
    }
    const int64_t given = wish.value.as_int(), own = has_value ? std::get<int64_t>(now) : 0;
    return given < own ? -1 : (given > own ? 1 : 0);
  };
  const bool sets = wish.operation == Operation::kIncrementSet;
  if (sets ? has_value && compare() <= 0
           : wish.operation == Operation::kIncrementFrom && compare() != 0) {
    return AlreadyExists("field `{}` is {}: with {} {} the update is left out", field.name,
                         JsonOf(now, field.type).Dump(), sets ? "IncrementSet" : "IncrementFrom",
                         wish.value.Dump());
  }
  if (sets) {
    const auto value = PlainValue(wish.value, field);
    if (!value) return TooLarge(field);
    return *value;
  }
  if (wish.operation == Operation::kMultiply && !has_value) return now;
  if (field.IsFloat()) return FloatResult(NumberOf(now), wish, field);
  return WholeResult(has_value ? std::get<int64_t>(now) : 0, wish, field);
}

// Puts the results of operations in their places, in `value` or below it.
absl::Status ResolveMember(const std::string& path, const Schema& schema, const HotValueOf& now,
                           Json* value) {
  if (!value->is_object()) return absl::OkStatus();
  if (!IsOperation(*value)) {
    for (auto& [name, member] : value->as_object()) {
      RETURN_IF_ERROR(ResolveMember(path + "." + name, schema, now, &member));
    }
    return absl::OkStatus();
  }
  const auto number = HotFieldOf(path, schema);
  if (!number) return absl::OkStatus();
  const Field& field = schema.fields()[*number];
  ASSIGN_OR_RETURN(const HotValue result, Operate(*value, field, now(*number)));
  *value = JsonOf(result, field.type);
  return absl::OkStatus();
}

}  // namespace

bool IsHotOnly(const Json& patch, const Schema& schema, const HotValueOf& now) {
  if (!patch.is_object() || patch.as_object().size() < 2) return false;
  return VisitMembers(patch, "", [&](const std::string& path, const Json& value) {
    const auto number = HotFieldOf(path, schema);
    if (!number) return false;
    const bool is_nested = path.find('.') != path.npos;
    if (is_nested && std::holds_alternative<std::monostate>(now(*number))) return false;
    return IsOperation(value) || PlainValue(value, schema.fields()[*number]).has_value();
  });
}

absl::StatusOr<HotMembers> ResolveHotPatch(const Json& patch, const Schema& schema,
                                           const HotValueOf& now) {
  HotMembers members;
  absl::Status status;
  const auto resolve = [&](const std::string& path,
                           const Json& value) -> absl::StatusOr<HotMember> {
    const auto number = HotFieldOf(path, schema);
    if (!number) return Internal("field `{}` is not hot", path);
    const Field& field = schema.fields()[*number];
    HotMember member{.field = *number, .value = {}};
    if (IsOperation(value)) {
      ASSIGN_OR_RETURN(member.value, Operate(value, field, now(*number)));
      return member;
    }
    const auto plain = PlainValue(value, field);
    if (!plain) return Internal("field `{}`: {} does not fit", path, value.Dump());
    member.value = *plain;
    return member;
  };
  VisitMembers(patch, "", [&](const std::string& path, const Json& value) {
    auto member = resolve(path, value);
    status = member.status();
    if (member.ok()) members.push_back(*std::move(member));
    return status.ok();
  });
  RETURN_IF_ERROR(status);
  return members;
}

std::optional<HotUpdate> ReadHotUpdate(std::string_view text, const Schema& schema) {
  HotUpdate update;
  const bool is_hot = VisitScalars(text, [&](std::string_view name, const Json& value) {
    if (name == "id") {
      if (value.is_string()) update.id = value.as_string();
      return value.is_string();
    }
    const bool is_nested = name.find('.') != name.npos;
    const auto number = is_nested ? std::nullopt : HotFieldOf(name, schema);
    if (!number) return false;
    const auto plain = PlainValue(value, schema.fields()[*number]);
    if (plain) update.members.push_back({*number, *plain});
    return plain.has_value();
  });
  const bool has_id = !update.id.empty() && update.id.size() <= limits::kIdBytesMax;
  if (!is_hot || !has_id || update.members.empty()) return std::nullopt;
  return update;
}

Json JsonOf(const HotUpdate& update, const Schema& schema) {
  Json json(Json::Object{{"id", Json(update.id)}});
  for (const HotMember& member : update.members) {
    const Field& field = schema.fields()[member.field];
    json.Set(field.name, JsonOf(member.value, field.type));
  }
  return json;
}

absl::Status ResolveOperations(const Schema& schema, const HotValueOf& now, Json* patch) {
  if (!patch->is_object()) return absl::OkStatus();
  absl::Status status;
  for (auto& [name, value] : patch->as_object()) {
    status.Update(ResolveMember(name, schema, now, &value));
  }
  return status;
}

}  // namespace aisle
