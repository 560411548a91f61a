// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document.h"

#include <cmath>
#include <limits>

#include <fmt/ranges.h>

#include "core/limits.h"

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
  FieldReader(const Field& field, FieldValues* values, std::vector<std::string>* mistakes)
      : field_(field), values_(values), mistakes_(mistakes) {}

  void Read(const Json& source);

 private:
  void ReadAt(const Json& value, bool through_array);
  void ReadOne(const Json& value);
  bool ReadInteger(const Json& value);
  bool ReadPoint(const Json& value);
  void Mistake(const Json& value) {
    mistakes_->push_back(fmt::format("field `{}`: {} is not allowed: the field's type is {}",
                                     field_.name, Shorten(value), field_.TypeText()));
  }

  const Field& field_;
  FieldValues* values_;
  std::vector<std::string>* mistakes_;
};

bool IsPointArray(const Json& value) {
  return value.is_array() && value.as_array().size() == 2 && value.as_array()[0].is_number() &&
         value.as_array()[1].is_number();
}

void FieldReader::Read(const Json& source) {
  const size_t mistakes = mistakes_->size();
  VisitPath(source, field_.name, [&](const Json& value) {
    if (mistakes_->size() == mistakes) ReadAt(value, false);
  });
  if (mistakes_->size() != mistakes) return;
  const size_t count = values_->texts.size() + values_->integers.size() + values_->floats.size() +
                       values_->points.size();
  if (count == 0 && !field_.optional) {
    mistakes_->push_back(
        fmt::format("field `{}` ({}) is missing and not optional", field_.name, field_.TypeText()));
  }
  const bool nested = field_.name.find('.') != std::string::npos;
  if (count > 1 && !field_.is_array && nested) {
    mistakes_->push_back(fmt::format("field `{}` has {} values: its type must be {}[] for that",
                                     field_.name, count, FieldTypeName(field_.type)));
  }
  if (count > limits::kValuesPerFieldMax) {
    mistakes_->push_back(fmt::format("field `{}` has {} values: allowed are {}", field_.name, count,
                                     limits::kValuesPerFieldMax));
  }
}

void FieldReader::ReadAt(const Json& value, bool through_array) {
  if (value.is_null()) return;
  if (field_.IsGeo() && IsPointArray(value)) return ReadOne(value);
  if (!value.is_array()) return ReadOne(value);
  // Nested members are gathered through arrays by path; their own arrays need [] as any other.
  if (!field_.is_array || through_array) return Mistake(value);
  const size_t mistakes = mistakes_->size();
  for (const Json& element : value.as_array()) {
    if (mistakes_->size() == mistakes) ReadAt(element, true);
  }
}

void FieldReader::ReadOne(const Json& value) {
  bool ok = false;
  switch (field_.type) {
    case FieldType::kString:
      ok = value.is_string();
      if (ok) values_->texts.push_back(value.as_string());
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
    case FieldType::kAuto:
      ok = true;
      break;
  }
  if (!ok) Mistake(value);
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

absl::StatusOr<Document> ReadDocument(Json source, const Schema& schema) {
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
  document.values.resize(schema.fields().size());
  for (size_t i = 0; i < schema.fields().size(); ++i) {
    const Field& field = schema.fields()[i];
    if (!field.index && field.optional) continue;
    FieldReader(field, &document.values[i], &mistakes).Read(source);
  }
  if (!mistakes.empty()) return InvalidArgument("{}", fmt::join(mistakes, "; "));
  document.source = std::move(source);
  return document;
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
