// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed_definition.h"

#include <algorithm>

#include <absl/strings/str_join.h>

#include "core/limits.h"
#include "core/schema.h"
#include "ingest/postgres_connection.h"

namespace aisle {
namespace {

constexpr size_t kPostgresNameBytesMax = 63;

// Reads the members of one object and collects what is wrong with them.
class Members {
 public:
  Members(const Json& json, std::string where, std::vector<std::string>* mistakes)
      : json_(json), where_(std::move(where)), mistakes_(mistakes) {
    if (!json.is_object()) {
      Complain("", fmt::format("it is {}: it must be an object", json.TypeNameWithArticle()));
    }
  }
  // Members that nobody has asked for are mistakes.
  ~Members() {
    if (!json_.is_object()) return;
    for (const auto& [key, value] : json_.as_object()) {
      if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
        Complain(key, fmt::format("is unknown: allowed are {}", absl::StrJoin(known_, ", ")));
      }
    }
  }
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;

  const Json* Find(std::string_view key) {
    known_.emplace_back(key);
    return json_.Find(key);
  }
  std::string Text(std::string_view key, std::string_view otherwise = {}) {
    const Json* value = Find(key);
    if (value == nullptr) return std::string(otherwise);
    if (value->is_string() && !value->as_string().empty()) return value->as_string();
    Complain(key, fmt::format("is {}: it must be a string", value->Dump().substr(0, 100)));
    return {};
  }
  std::string NeededText(std::string_view key, std::string_view meaning) {
    const std::string text = Text(key);
    if (json_.is_object() && json_.Find(key) == nullptr) {
      Complain(key, fmt::format("is missing: {}", meaning));
    }
    return text;
  }
  uint64_t Whole(std::string_view key, uint64_t otherwise) {
    const Json* value = Find(key);
    if (value == nullptr) return otherwise;
    if (value->is_int() && value->as_int() >= 0) return static_cast<uint64_t>(value->as_int());
    Complain(key, fmt::format("is {}: it must be a whole number from 0", value->Dump()));
    return otherwise;
  }
  void Complain(std::string_view key, std::string_view what) {
    std::string place = where_;
    if (!key.empty()) place += (place.empty() ? "" : ".") + std::string(key);
    mistakes_->push_back(fmt::format("`{}` {}", place, what));
  }

 private:
  const Json& json_;
  const std::string where_;
  std::vector<std::string>* const mistakes_;
  std::vector<std::string> known_;
};

TableMapping ReadTable(const std::string& name, const Json& json,
                       std::vector<std::string>* mistakes) {
  TableMapping table;
  const size_t dot = name.find('.');
  if (dot != std::string::npos) table.schema = name.substr(0, dot);
  table.table = dot == std::string::npos ? name : name.substr(dot + 1);
  Members members(json, "tables." + name, mistakes);
  table.id_column = members.Text("id");
  table.ids_query = members.Text("ids");
  table.key_column = members.Text("by", table.ids_query.empty() ? "" : "id");
  if (table.id_column.empty() == table.ids_query.empty()) {
    members.Complain("",
                     "must have either `id` (the column with the product's id) or `ids` (a query "
                     "that gives the ids for $1, the row's column `by`)");
  }
  if (const Json* hot = members.Find("hot"); hot != nullptr && hot->is_object()) {
    for (const auto& [column, field] : hot->as_object()) {
      const bool is_field = field.is_string() && !field.as_string().empty() &&
                            field.as_string().find('.') == std::string::npos;
      if (!is_field) members.Complain("hot." + column, "must name a field that is not nested");
      if (is_field) table.hot.emplace_back(column, field.as_string());
    }
    if (table.id_column.empty()) members.Complain("hot", "needs `id`");
  } else if (hot != nullptr) {
    members.Complain("hot", "must be an object of columns and the fields that they fill");
  }
  if (const Json* ignored = members.Find("ignore"); ignored != nullptr) {
    const bool is_array = ignored->is_array();
    if (!is_array) members.Complain("ignore", "must be an array of columns");
    for (const Json& column : is_array ? ignored->as_array() : Json::Array()) {
      if (column.is_string()) table.ignored.push_back(column.as_string());
    }
  }
  return table;
}

// What PostgreSQL takes as the name of a slot.
std::string SlotName(std::string_view feed) {
  std::string name = "aisle_";
  for (const char c : feed) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    const bool is_upper = c >= 'A' && c <= 'Z';
    name += fits ? c : is_upper ? static_cast<char>(c - 'A' + 'a') : '_';
  }
  return name.substr(0, kPostgresNameBytesMax);
}

PostgresSource ReadPostgres(const std::string& feed, Members* members,
                            std::vector<std::string>* mistakes) {
  PostgresSource source;
  source.connection =
      members->NeededText("connection", "such as \"host=127.0.0.1 dbname=shop user=aisle\"");
  if (const auto readable = WithoutPassword(source.connection); !readable.ok()) {
    mistakes->emplace_back(Message(readable.status()));
  }
  source.documents = members->NeededText(
      "documents", "a query that gives (id, document) for the ids in the array $1");
  const std::string root =
      members->NeededText("root", "the table that has one row for each product");
  const Json* tables = members->Find("tables");
  if (tables == nullptr || !tables->is_object() || tables->as_object().empty()) {
    members->Complain("tables", "must be an object: how the rows of each table name their product");
    tables = nullptr;
  }
  bool has_root = false;
  for (const auto& [name, json] : tables == nullptr ? Json::Object() : tables->as_object()) {
    source.tables.push_back(ReadTable(name, json, mistakes));
    if (name != root) continue;
    has_root = true;
    source.root = source.tables.size() - 1;
    if (source.tables.back().id_column.empty()) {
      members->Complain("root", "names a table without `id`");
    }
  }
  if (!has_root) members->Complain("root", fmt::format("is `{}`, which is not in `tables`", root));
  source.slot = members->Text("slot", SlotName(feed));
  source.publication = members->Text("publication", SlotName(feed));
  if (SlotName(source.slot).substr(6) != source.slot.substr(0, kPostgresNameBytesMax - 6)) {
    members->Complain("slot", fmt::format("is `{}`: allowed are a-z, 0-9 and _", source.slot));
  }
  source.slot_bytes_max = members->Whole("slot_bytes_max", source.slot_bytes_max);
  source.verify_every_seconds = members->Whole("verify_every_seconds", 0);
  return source;
}

}  // namespace

std::string_view FeedTypeName(FeedType type) {
  return type == FeedType::kPostgres ? "postgresql" : "events";
}

absl::StatusOr<FeedDefinition> FeedDefinition::FromJson(const Json& json) {
  if (!json.is_object()) {
    return InvalidArgument("a feed must be a JSON object, not {}", json.TypeNameWithArticle());
  }
  if (json.Dump().size() > limits::kFeedDefinitionBytesMax) {
    return InvalidArgument("the feed's definition has more than {} bytes",
                           limits::kFeedDefinitionBytesMax);
  }
  std::vector<std::string> mistakes;
  FeedDefinition definition;
  definition.json = json;
  {
    Members members(json, "", &mistakes);
    definition.name = members.NeededText("name", "letters, digits, '_', '-' and '.'");
    if (const absl::Status status = ValidateName("name", definition.name);
        !definition.name.empty() && !status.ok()) {
      mistakes.emplace_back(Message(status));
    }
    definition.collection = members.NeededText("collection", "the collection that it fills");
    definition.dead_letters_max = members.Whole("dead_letters_max", definition.dead_letters_max);
    const std::string type = members.NeededText("type", "allowed are postgresql and events");
    if (type == FeedTypeName(FeedType::kPostgres)) {
      definition.type = FeedType::kPostgres;
      definition.postgres = ReadPostgres(definition.name, &members, &mistakes);
    } else if (type == FeedTypeName(FeedType::kEvents)) {
      definition.tombstone_seconds =
          members.Whole("tombstone_seconds", definition.tombstone_seconds);
    } else if (!type.empty()) {
      // What its other members mean is not known.
      return InvalidArgument("`type` is `{}`: allowed are postgresql and events", type);
    }
  }
  if (mistakes.empty()) return definition;
  return InvalidArgument("{}", absl::StrJoin(mistakes, "; "));
}

Json FeedDefinition::ToPublicJson() const {
  Json shown = json;
  if (postgres) {
    const auto connection = WithoutPassword(postgres->connection);
    shown.Set("connection", connection.ok() ? *connection : "");
    shown.Set("slot", postgres->slot);
    shown.Set("publication", postgres->publication);
  }
  return shown;
}

}  // namespace aisle
