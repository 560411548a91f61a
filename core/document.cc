// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <absl/functional/function_ref.h>
#include <fmt/ranges.h>

#include "core/limits.h"
#include "core/utf8.h"

namespace aisle {
namespace {

std::string Shorten(const Json& value) {
  std::string text = value.Dump();
  if (text.size() <= 100) return text;
  size_t end = 97;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

// Reads the values of one field of one document.
class FieldReader {
 public:
  FieldReader(const Field& field, FieldValues* values) : field_(field), values_(values) {}

  // The mistake; empty if there is none.
  std::string Read(const Json& source);

 private:
  void ReadAt(const Json& value, bool through_array);
  void ReadOne(const Json& value);
  bool ReadText(const Json& value);
  bool ReadInteger(const Json& value);
  bool ReadPoint(const Json& value);
  void Mistake(const Json& value) {
    mistake_ = fmt::format("field `{}`: {} is not allowed: the field's type is {}", field_.name,
                           Shorten(value), field_.TypeText());
  }

  const Field& field_;
  FieldValues* values_;
  bool is_there_ = false;  // also if its text is blank, which is no value
  std::string mistake_;
};

bool IsPointArray(const Json& value) {
  return value.is_array() && value.as_array().size() == 2 && value.as_array()[0].is_number() &&
         value.as_array()[1].is_number();
}

std::string FieldReader::Read(const Json& source) {
  VisitPath(source, field_.name, [&](const Json& value) {
    if (mistake_.empty()) ReadAt(value, false);
  });
  if (!mistake_.empty()) return mistake_;
  if (!is_there_ && !field_.optional) {
    return fmt::format("field `{}` ({}) is missing and not optional", field_.name,
                       field_.TypeText());
  }
  const size_t count = values_->texts.size() + values_->integers.size() + values_->floats.size() +
                       values_->points.size();
  const bool nested = field_.name.find('.') != std::string::npos;
  if (count > 1 && !field_.is_array && nested) {
    return fmt::format("field `{}` has {} values: its type must be {}[] for that", field_.name,
                       count, FieldTypeName(field_.type));
  }
  if (count > limits::kValuesPerFieldMax) {
    return fmt::format("field `{}` has {} values: allowed are {}", field_.name, count,
                       limits::kValuesPerFieldMax);
  }
  return "";
}

void FieldReader::ReadAt(const Json& value, bool through_array) {
  if (!value.HoldsValue()) return;
  if (field_.type == FieldType::kAuto) {  // what it is, its members tell
    is_there_ = true;
    return;
  }
  if (field_.IsGeo() && IsPointArray(value)) return ReadOne(value);
  if (!value.is_array()) return ReadOne(value);
  // Nested members are gathered through arrays by path; their own arrays need [] as any other.
  if (!field_.is_array || through_array) return Mistake(value);
  for (const Json& element : value.as_array()) {
    if (mistake_.empty()) ReadAt(element, true);
  }
}

void FieldReader::ReadOne(const Json& value) {
  bool ok = false;
  switch (field_.type) {
    case FieldType::kString:
      ok = ReadText(value);
      break;
    case FieldType::kBool:
      ok = value.is_bool();
      if (ok) values_->integers.push_back(value.as_bool() ? 1 : 0);
      break;
    case FieldType::kInt32:
    case FieldType::kInt64:
      ok = ReadInteger(value);
      break;
    case FieldType::kFloat:
      ok = value.is_number();
      if (ok) values_->floats.push_back(value.as_double());
      break;
    case FieldType::kGeopoint:
      ok = ReadPoint(value);
      break;
    case FieldType::kObject:
      ok = value.is_object();
      break;
    case FieldType::kAuto:
      ok = true;
      break;
  }
  is_there_ = true;
  if (!ok) Mistake(value);
}

bool FieldReader::ReadText(const Json& value) {
  if (!value.is_string()) return false;
  if (!IsBlank(value.as_string())) values_->texts.push_back(value.as_string());
  return true;
}

bool FieldReader::ReadInteger(const Json& value) {
  constexpr double kExactMax = 9007199254740992.0;  // 2^53: beyond it a double is no integer's name
  int64_t number = 0;
  if (value.is_int()) {
    number = value.as_int();
  } else if (value.is_double() && std::nearbyint(value.as_double()) == value.as_double() &&
             std::abs(value.as_double()) <= kExactMax) {
    number = static_cast<int64_t>(value.as_double());
  } else {
    return false;
  }
  if (field_.type == FieldType::kInt32 && (number > std::numeric_limits<int32_t>::max() ||
                                           number < std::numeric_limits<int32_t>::min())) {
    return false;
  }
  values_->integers.push_back(number);
  return true;
}

bool FieldReader::ReadPoint(const Json& value) {
  if (!IsPointArray(value)) return false;
  const GeoPoint point{value.as_array()[0].as_double(), value.as_array()[1].as_double()};
  if (std::abs(point.latitude) > 90 || std::abs(point.longitude) > 180) return false;
  values_->points.push_back(point);
  return true;
}

// The first value within `value` that is neither an object nor an array of them; nullptr if
// there is none.
const Json* FindScalar(const Json& value) {
  if (!value.is_array()) return value.is_object() || value.is_null() ? nullptr : &value;
  for (const Json& element : value.as_array()) {
    if (const Json* found = FindScalar(element)) return found;
  }
  return nullptr;
}

// What is wrong with the values at a path of objects; empty if nothing is.
std::string CheckObjects(const Json& source, const std::string& path, const Schema& schema) {
  const Json* scalar = nullptr;
  VisitPath(source, path, [&](const Json& value) {
    if (scalar == nullptr) scalar = FindScalar(value);
  });
  if (scalar == nullptr) return "";
  const auto& fields = schema.fields();
  const auto below = std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
    return field.name.starts_with(path + ".");
  });
  return fmt::format("field `{}`: {} is not allowed: `{}` is an object, with the field `{}` ({})",
                     path, Shorten(*scalar), path, below->name, below->TypeText());
}

// Whether nothing is left of what `merged` was before `patch` was merged into it.
bool IsReplaced(const Json& patch, const Json& merged) {
  return std::all_of(merged.as_object().begin(), merged.as_object().end(),
                     [&](const auto& member) { return patch.Find(member.first) != nullptr; });
}

// Whether merging `patch`, of which `merged` came, sets what is at `path`, or above it. An object
// in the place of a list or a value sets all that is below it.
bool IsNamed(const Json& patch, const Json& merged, std::string_view path) {
  if (!patch.is_object() || patch.Find(path) != nullptr) return true;
  const size_t dot = path.find('.');
  if (dot == std::string_view::npos) return false;
  const Json* member = patch.Find(path.substr(0, dot));
  const Json* now = merged.Find(path.substr(0, dot));
  if (member == nullptr) return false;
  if (!member->is_object() || now == nullptr) return true;
  const std::string_view below = path.substr(dot + 1);
  if (IsNamed(*member, *now, below)) return true;
  const bool is_gone = now->Find(below.substr(0, below.find('.'))) == nullptr;
  return is_gone && IsReplaced(*member, *now);
}

// Reads `source`; what stands at a path for which `must_fit` is false may be wrong.
absl::StatusOr<Document> Read(
    const Json& source, const Schema& schema,
    absl::FunctionRef<bool(std::string_view path, const Json& source)> must_fit) {
  if (!source.is_object()) {
    return InvalidArgument("a document must be a JSON object, not {}", source.TypeName());
  }
  Document document;
  std::vector<std::string> mistakes;
  absl::StatusOr<std::string> id = DocumentId(source);
  if (id.ok()) {
    document.id = *std::move(id);
  } else {
    mistakes.emplace_back(Message(id.status()));
  }
  const auto note = [&](const std::string& path, std::string mistake) {
    if (must_fit(path, source)) {
      mistakes.push_back(std::move(mistake));
    } else {
      document.left_out.push_back({path, std::move(mistake)});
    }
  };
  document.values.resize(schema.fields().size());
  for (size_t i = 0; i < schema.fields().size(); ++i) {
    const Field& field = schema.fields()[i];
    const bool is_free = !field.index && field.optional && field.type != FieldType::kObject;
    if (is_free) continue;
    std::string mistake = FieldReader(field, &document.values[i]).Read(source);
    if (mistake.empty()) continue;
    document.values[i] = FieldValues();
    note(field.name, std::move(mistake));
  }
  for (const std::string& path : schema.object_paths()) {
    std::string mistake = CheckObjects(source, path, schema);
    if (!mistake.empty()) note(path, std::move(mistake));
  }
  if (!mistakes.empty()) return InvalidArgument("{}", fmt::join(mistakes, "; "));
  source.DumpTo(&document.source);
  return document;
}

}  // namespace

absl::StatusOr<std::string> DocumentId(const Json& source) {
  const Json* id = source.Find("id");
  if (id == nullptr) return InvalidArgument("the document has no `id`");
  if (!id->is_string()) {
    return InvalidArgument("field `id`: {} is not allowed: an id is a string", Shorten(*id));
  }
  const std::string& text = id->as_string();
  if (text.empty() || text.size() > limits::kIdBytesMax) {
    return InvalidArgument("field `id` has {} bytes: allowed are 1..{}", text.size(),
                           limits::kIdBytesMax);
  }
  return text;
}

absl::StatusOr<Document> ReadDocument(const Json& source, const Schema& schema) {
  return Read(source, schema, [](std::string_view, const Json&) { return true; });
}

absl::StatusOr<Document> ReadPatchedDocument(const Json& source, const Json& patch,
                                             const Schema& schema) {
  return Read(source, schema, [&](std::string_view path, const Json& merged) {
    return IsNamed(patch, merged, path);
  });
}

absl::StatusOr<Document> ReadStoredDocument(const Json& source, const Schema& schema) {
  return Read(source, schema, [](std::string_view, const Json&) { return false; });
}

void MergePatch(const Json& patch, Json* source) {
  for (const auto& [key, value] : patch.as_object()) {
    if (value.is_null()) {
      source->Erase(key);
      continue;
    }
    const Json* old = source->Find(key);
    if (value.is_object() && old != nullptr && old->is_object()) {
      Json merged = *old;
      MergePatch(value, &merged);
      source->Set(key, std::move(merged));
    } else {
      source->Set(key, value);
    }
  }
}

}  // namespace aisle
