// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/sort_parser.h"

#include "core/limits.h"
#include "query/field_lookup.h"
#include "query/parameter_lexer.h"

namespace aisle {
namespace {

constexpr std::string_view kTextMatch = "_text_match";

// What stands in parentheses behind the field: a point, or what becomes of missing values.
absl::Status ParseOption(const Field& field, ParameterLexer* lexer, SortKey* key) {
  if (field.IsGeo()) {
    if (!lexer->Take("("))
      return lexer->Expected(fmt::format("a point: `{}(48.9, 2.3)`", field.name));
    key->kind = SortKey::Kind::kGeoDistance;
    ASSIGN_OR_RETURN(key->origin.latitude, lexer->TakeCoordinate("latitude", 90));
    RETURN_IF_ERROR(lexer->Require(","));
    ASSIGN_OR_RETURN(key->origin.longitude, lexer->TakeCoordinate("longitude", 180));
    return lexer->Require(")");
  }
  if (!lexer->Take("(")) return absl::OkStatus();
  if (!lexer->Take("missing_values")) return lexer->Expected("`missing_values: first` or `last`");
  RETURN_IF_ERROR(lexer->Require(":"));
  key->missing_first = lexer->Take("first");
  if (!key->missing_first && !lexer->Take("last")) return lexer->Expected("`first` or `last`");
  return lexer->Require(")");
}

absl::StatusOr<SortKey> ParseKey(const Schema& schema, ParameterLexer* lexer) {
  constexpr FieldUse kSorted = {.verb = "sorted by",
                                .needs = "a single value and `\"sort\": true`",
                                .extra = kTextMatch,
                                .allows = [](const Field& field) {
                                  if (field.IsGeo()) return field.HasColumn();
                                  return field.sort && !field.is_array && field.HasColumn();
                                }};
  SortKey key;
  const size_t position = lexer->position();
  const std::string_view name = lexer->TakeName();
  if (name.empty()) return lexer->Expected("a field name");
  if (name == kTextMatch) {
    key.kind = SortKey::Kind::kTextMatch;
  } else {
    const absl::StatusOr<size_t> field = FindField(name, schema, kSorted);
    if (!field.ok()) return lexer->Error(position, Message(field.status()));
    key.field = *field;
    RETURN_IF_ERROR(ParseOption(schema.fields()[key.field], lexer, &key));
  }
  const bool has_colon = lexer->Take(":");
  const size_t direction_position = lexer->position();
  const std::string_view direction = has_colon ? lexer->TakeName() : std::string_view();
  key.descending = direction == "desc" || direction == "DESC";
  if (key.descending || direction == "asc" || direction == "ASC") return key;
  if (!has_colon) return lexer->Expected("`:asc` or `:desc`");
  return lexer->ExpectedAt(direction_position, "`asc` or `desc`");
}

}  // namespace

absl::StatusOr<std::vector<SortKey>> ParseSort(std::string_view text, const Schema& schema) {
  ASSIGN_OR_RETURN(ParameterLexer lexer, ParameterLexer::Create("sort_by", text));
  std::vector<SortKey> keys;
  if (lexer.AtEnd()) return keys;
  do {
    if (keys.size() == limits::kSortKeysMax) {
      return lexer.Error(lexer.position(), fmt::format("more than {} keys", limits::kSortKeysMax));
    }
    ASSIGN_OR_RETURN(const SortKey key, ParseKey(schema, &lexer));
    keys.push_back(key);
  } while (lexer.Take(","));
  if (!lexer.AtEnd()) return lexer.Expected("`,` or the end");
  return keys;
}

}  // namespace aisle
