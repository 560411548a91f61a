// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fields from documents: Schema::Extend for a document that brings new ones, InferSchema for a
// whole file. An Observer counts by path in how many documents there is a value of which kind;
// within one document the kinds must agree, between documents the most frequent one wins. All
// numbers are one kind: a catalog writes the price 20 and 19.99.
#include <algorithm>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/strings/ascii.h>

#include "core/limits.h"
#include "core/schema.h"
#include "core/utf8.h"

namespace aisle {
namespace {

// A short label is worth counting and filtering; a text is not.
constexpr size_t kLabelBytesMax = 64;
// One number out of step must not cost a field its facet.
constexpr size_t kLabelsPerText = 100;
// Fewer values say nothing about whether they repeat.
constexpr size_t kRepeatedValuesMin = 20;
// Beyond it floats leave out whole numbers.
constexpr int64_t kExactMax = int64_t{1} << 53;

bool LooksLikeUrl(std::string_view text) {
  const bool begins = text.starts_with("http://") || text.starts_with("https://");
  return begins && std::none_of(text.begin(), text.end(), absl::ascii_isspace);
}

// Takes `pattern` from the front of `text`; in it '0' is any digit, all else is itself.
bool TakePattern(std::string_view pattern, std::string_view* text) {
  if (text->size() < pattern.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = (*text)[i];
    if (pattern[i] == '0' ? !absl::ascii_isdigit(static_cast<unsigned char>(c)) : c != pattern[i])
      return false;
  }
  text->remove_prefix(pattern.size());
  return true;
}

// ISO 8601: "2024-07-02", "2024-07-02T03:40:05.123Z", "2024-07-02 03:40+02:00".
bool LooksLikeTime(std::string_view text) {
  if (!TakePattern("0000-00-00", &text)) return false;
  if (text.empty()) return true;
  if (!TakePattern("T00:00", &text) && !TakePattern(" 00:00", &text)) return false;
  if (TakePattern(":00", &text) && TakePattern(".0", &text)) {
    while (TakePattern("0", &text)) continue;
  }
  if (text.empty() || text == "Z") return true;
  for (std::string_view offset : {"+00:00", "-00:00", "+0000", "-0000"}) {
    std::string_view rest = text;
    if (TakePattern(offset, &rest) && rest.empty()) return true;
  }
  return false;
}

// The values of one kind at one path.
struct Kind {
  FieldType type = FieldType::kString;  // kFloat for all numbers
  size_t documents = 0;
  size_t last_document = 0;
  bool is_array = false;
};

// What has been seen at one path.
struct Observation {
  std::vector<Kind> kinds;  // in the order of first sight
  bool has_fraction = false;
  bool has_huge_integer = false;
  size_t texts = 0;  // that are not blank, as all below
  size_t long_texts = 0;
  size_t urls = 0;
  size_t times = 0;
  absl::flat_hash_set<std::string> distinct;  // at most kDistinctMax

  static constexpr size_t kDistinctMax = 5000;

  // The first of the most frequent.
  const Kind& Winner() const {
    return *std::max_element(kinds.begin(), kinds.end(), [](const Kind& a, const Kind& b) {
      return a.documents < b.documents;
    });
  }
  bool HasObjects() const {
    return std::any_of(kinds.begin(), kinds.end(),
                       [](const Kind& kind) { return kind.type == FieldType::kObject; });
  }
  void AddNumber(const Json& value);
  void AddText(const std::string& text);
};

void Observation::AddNumber(const Json& value) {
  has_fraction |= value.is_double();
  has_huge_integer |= value.is_int() && (value.as_int() > kExactMax || value.as_int() < -kExactMax);
}

void Observation::AddText(const std::string& text) {
  if (IsBlank(text)) return;
  ++texts;
  long_texts += text.size() > kLabelBytesMax;
  urls += LooksLikeUrl(text);
  times += LooksLikeTime(text);
  if (distinct.size() < kDistinctMax) distinct.insert(text);
}

FieldType KindOf(const Json& value) {
  if (value.is_bool()) return FieldType::kBool;
  if (value.is_number()) return FieldType::kFloat;
  return value.is_object() ? FieldType::kObject : FieldType::kString;
}

using Paths = absl::flat_hash_set<std::string>;

// Observations by path, in the order of first sight.
class Observer {
 public:
  struct Known {
    Paths typed;    // not looked at
    Paths objects;  // only objects are looked at
  };
  explicit Observer(Known known) : known_(std::move(known)) {}

  void BeginDocument() { ++document_; }
  void Look(const Json& value, const std::string& path, bool in_array);

  std::vector<std::string> paths;
  absl::flat_hash_map<std::string, Observation> by_path;
  absl::Status mistake;  // the first value within a document that has no type

 private:
  void Note(const Json& value, const std::string& path, bool in_array);
  void AddMistake(absl::Status status) {
    if (mistake.ok()) mistake = std::move(status);
  }

  const Known known_;
  size_t document_ = 0;
};

void Observer::Look(const Json& value, const std::string& path, bool in_array) {
  if (known_.typed.contains(path) || !value.HoldsValue()) return;
  if (value.is_array()) {
    for (const Json& element : value.as_array()) {
      if (element.is_array() && element.HoldsValue()) {
        AddMistake(InvalidArgument("field `{}`: an array within an array cannot be indexed", path));
      } else {
        Look(element, path, true);
      }
    }
  } else if (value.is_object()) {
    Note(value, path, in_array);
    for (const auto& [key, member] : value.as_object()) {
      Look(member, path + "." + key, in_array);
    }
  } else if (!known_.objects.contains(path)) {
    Note(value, path, in_array);
  }
}

void Observer::Note(const Json& value, const std::string& path, bool in_array) {
  const auto [it, is_new] = by_path.try_emplace(path);
  if (is_new) paths.push_back(path);
  Observation& seen = it->second;
  const FieldType type = KindOf(value);
  for (const Kind& other : seen.kinds) {
    if (other.type == type || other.last_document != document_) continue;
    AddMistake(InvalidArgument("field `{}`: {} value {} where others are of type {}", path,
                               value.TypeNameWithArticle(), value.Dump().substr(0, 100),
                               FieldTypeName(other.type)));
  }
  auto kind = std::find_if(seen.kinds.begin(), seen.kinds.end(),
                           [&](const Kind& known) { return known.type == type; });
  if (kind == seen.kinds.end()) kind = seen.kinds.insert(kind, Kind{.type = type});
  kind->documents += kind->last_document != document_;
  kind->last_document = document_;
  kind->is_array |= in_array;
  if (value.is_number()) seen.AddNumber(value);
  if (value.is_string()) seen.AddText(value.as_string());
}

Field MakeField(const std::string& name, const Observation& seen) {
  const Kind& kind = seen.Winner();
  Field field;
  field.name = name;
  field.type = kind.type;
  if (field.IsFloat() && seen.has_huge_integer && !seen.has_fraction) {
    field.type = FieldType::kInt64;
  }
  field.is_array = kind.is_array;
  field.optional = true;
  field.sort = field.IsNumeric() && !field.is_array;
  // Nobody looks for the words of an address or of a time.
  const bool is_link_or_time =
      seen.texts > 0 && (seen.urls == seen.texts || seen.times == seen.texts);
  field.index = !(field.IsText() && is_link_or_time);
  field.facet = field.type == FieldType::kBool ||
                (field.IsSearched() && seen.long_texts * kLabelsPerText <= seen.texts);
  return field;
}

// The paths whose objects lost against other values: what is below them are no fields.
Paths LostObjects(const Observer& observer) {
  Paths lost;
  for (const auto& [path, seen] : observer.by_path) {
    if (seen.HasObjects() && seen.Winner().type != FieldType::kObject) lost.insert(path);
  }
  return lost;
}

bool IsBelow(std::string_view path, const Paths& paths) {
  for (size_t dot = path.find('.'); dot != path.npos; dot = path.find('.', dot + 1)) {
    if (paths.contains(std::string(path.substr(0, dot)))) return true;
  }
  return false;
}

}  // namespace

// Whether the values below `key` may bring fields.
bool Schema::MayBringFields(std::string_view key) const {
  const Field* field = Find(key);
  if (field == nullptr) return infers_fields_;
  return field->type == FieldType::kAuto || field->type == FieldType::kObject;
}

absl::StatusOr<std::optional<Schema>> Schema::Extend(const Json& document) const {
  const Json::Object& members = document.as_object();
  const auto may_bring = [&](const auto& member) { return MayBringFields(member.first); };
  if (std::none_of(members.begin(), members.end(), may_bring)) return std::optional<Schema>();
  Observer::Known known{.typed = {"id"}, .objects = {object_paths_.begin(), object_paths_.end()}};
  for (const Field& field : fields_) {
    if (field.type == FieldType::kObject)
      known.objects.insert(field.name);
    else if (field.type != FieldType::kAuto)
      known.typed.insert(field.name);
  }
  Observer observer(std::move(known));
  observer.BeginDocument();
  for (const auto& [key, value] : members) {
    if (MayBringFields(key) && ValidateName("field name", key).ok()) {
      observer.Look(value, key, false);
    }
  }
  RETURN_IF_ERROR(observer.mistake);
  std::vector<Field> fields = fields_;
  bool is_changed = false;
  for (const std::string& path : observer.paths) {
    const Observation& seen = observer.by_path.at(path);
    if (seen.HasObjects() || !ValidateName("field name", path).ok()) continue;
    Field found = MakeField(path, seen);
    is_changed = true;
    if (auto number = NumberOf(path)) {  // was `auto`: keeps the flags that were asked for
      Field& field = fields[*number];
      field.type = found.type;
      field.is_array = found.is_array;
      field.sort = field.sort || (found.sort && field.index);
    } else {
      fields.push_back(std::move(found));
    }
  }
  if (!is_changed) return std::optional<Schema>();
  if (infers_fields_) fields.push_back(Field{.name = ".*", .type = FieldType::kAuto});
  ASSIGN_OR_RETURN(Schema extended, Create(name_, std::move(fields), default_sorting_field_));
  return std::optional<Schema>(std::move(extended));
}

absl::StatusOr<Schema> InferSchema(std::string_view name, const std::vector<Json>& documents) {
  Observer observer({.typed = {"id"}, .objects = {}});
  for (const Json& document : documents) {
    if (!document.is_object()) return InvalidArgument("a document must be a JSON object");
    observer.BeginDocument();
    for (const auto& [key, value] : document.as_object()) observer.Look(value, key, false);
  }
  const Paths lost = LostObjects(observer);
  std::vector<Field> fields;
  for (const std::string& path : observer.paths) {
    const Observation& seen = observer.by_path.at(path);
    const bool is_object = seen.Winner().type == FieldType::kObject;
    if (is_object || IsBelow(path, lost) || !ValidateName("field name", path).ok()) continue;
    Field field = MakeField(path, seen);
    // Repeated labels are facets; a title that differs in nearly every product is not.
    const bool differs = seen.distinct.size() * 5 > seen.texts * 4;
    if (!field.is_array && seen.texts > kRepeatedValuesMin && differs) field.facet = false;
    fields.push_back(std::move(field));
  }
  fields.push_back(Field{.name = ".*", .type = FieldType::kAuto});
  return Schema::Create(std::string(name), std::move(fields));
}

}  // namespace aisle
