// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/schema_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include <fmt/ranges.h>

#include "core/schema.h"

namespace aisle {
namespace {

constexpr size_t kFileBytesMax = 16u << 20;

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kFileBytesMax + 1, '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size())) && !file.eof()) {
    return InvalidArgument("cannot read the schema {}: {}; check the name", path,
                           std::strerror(errno));
  }
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.size() > kFileBytesMax) {
    return InvalidArgument("the schema {} has more than {} bytes; is it the catalog?", path,
                           kFileBytesMax);
  }
  return text;
}

// The flags and the type of a field as a schema file writes them.
std::string Describe(const Field& field) {
  std::string text = field.TypeText();
  if (field.facet) text += " facet";
  if (field.sort) text += " sort";
  if (!field.index) text += " not indexed";
  if (field.optional) text += " optional";
  if (field.hot) text += " hot";
  if (field.stem) text += " stem";
  if (field.hierarchy) text += " hierarchy";
  if (field.locale != "en") text += " locale " + field.locale;
  return text;
}

// Whether a field that `wanted` does not name may have come with the documents.
bool MayHaveGrown(const Schema& wanted, const std::string& name) {
  if (wanted.infers_fields()) return true;
  for (const Field& field : wanted.fields()) {
    if (field.type == FieldType::kObject && name.starts_with(field.name + ".")) return true;
  }
  return false;
}

std::vector<std::string> Differences(const Schema& wanted, const Schema& existing) {
  std::vector<std::string> differences;
  for (const Field& field : wanted.fields()) {
    const Field* there = existing.Find(field.name);
    if (there == nullptr) {
      differences.push_back(fmt::format("`{}` is missing there", field.name));
    } else if (*there != field && field.type != FieldType::kAuto) {
      differences.push_back(fmt::format("`{}` is `{}` in the file and `{}` there", field.name,
                                        Describe(field), Describe(*there)));
    }
  }
  for (const Field& field : existing.fields()) {
    if (wanted.Find(field.name) == nullptr && !MayHaveGrown(wanted, field.name)) {
      differences.push_back(fmt::format("`{}` is only there", field.name));
    }
  }
  if (wanted.default_sorting_field() != existing.default_sorting_field()) {
    differences.push_back(fmt::format("default_sorting_field is `{}` in the file and `{}` there",
                                      wanted.default_sorting_field(),
                                      existing.default_sorting_field()));
  }
  return differences;
}

}  // namespace

absl::StatusOr<Json> ReadSchemaFile(const std::string& path, std::string_view name) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  absl::StatusOr<Json> json = ParseJson(text);
  if (json.ok() && !json->is_object()) {
    json = InvalidArgument("it is {}: a schema is an object with `name` and `fields`",
                           json->TypeName());
  }
  if (json.ok() && !name.empty()) json->Set("name", name);
  const absl::Status status = json.ok() ? Schema::FromJson(*json).status() : json.status();
  if (!status.ok())
    return InvalidArgument("the schema {}: {}; `aisle collections create --help` shows one", path,
                           Message(status));
  return json;
}

absl::Status CheckSameSchema(const Json& wanted, const Json& existing) {
  ASSIGN_OR_RETURN(const Schema wanted_schema, Schema::FromJson(wanted));
  ASSIGN_OR_RETURN(const Schema existing_schema, Schema::FromJson(existing));
  std::vector<std::string> differences = Differences(wanted_schema, existing_schema);
  const Json* shards = wanted.Find("shards");
  const Json* shards_there = existing.Find("shards");
  if (shards != nullptr && shards_there != nullptr && *shards != *shards_there) {
    differences.push_back(
        fmt::format("shards is {} in the file and {} there", shards->Dump(), shards_there->Dump()));
  }
  if (differences.empty()) return absl::OkStatus();
  return FailedPrecondition(
      "the collection `{}` exists with another schema ({}); leave out --schema, import into "
      "another collection, or "
      "drop this one first",
      existing_schema.name(), fmt::join(differences, "; "));
}

}  // namespace aisle
