// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/sort_parser.h"

#include <cmath>

#include "core/limits.h"
#include "query/field_lookup.h"
#include "query/filter_parser.h"
#include "query/parameter_lexer.h"

namespace aisle {
namespace {

constexpr std::string_view kTextMatch = "_text_match";
constexpr std::string_view kConditions = "_eval";

absl::Status ParsePoint(const Field& field, ParameterLexer* lexer, SortKey* key) {
  if (!lexer->Take("("))
    return lexer->Expected(fmt::format("a point: `{}(48.9, 2.3)`", field.name));
  key->kind = SortKey::Kind::kGeoDistance;
  ASSIGN_OR_RETURN(key->origin.latitude, lexer->TakeCoordinate("latitude", 90));
  RETURN_IF_ERROR(lexer->Require(","));
  ASSIGN_OR_RETURN(key->origin.longitude, lexer->TakeCoordinate("longitude", 180));
  return lexer->Require(")");
}

// Behind `_text_match`.
absl::Status ParseBuckets(ParameterLexer* lexer, SortKey* key) {
  key->kind = SortKey::Kind::kTextMatch;
  if (!lexer->Take("(")) return absl::OkStatus();
  const size_t position = lexer->position();
  if (lexer->TakeName() != "buckets") return lexer->ExpectedAt(position, "`buckets`");
  RETURN_IF_ERROR(lexer->Require(":"));
  const size_t number_position = lexer->position();
  const auto number = ReadNumber(lexer->TakePlain(",)"));
  if (!number || *number < 1 || *number > limits::kTextMatchBucketsMax ||
      *number != std::floor(*number)) {
    return lexer->ExpectedAt(
        number_position, fmt::format("a whole number from 1 to {}", limits::kTextMatchBucketsMax));
  }
  key->buckets = static_cast<uint32_t>(*number);
  return lexer->Require(")");
}

absl::StatusOr<double> TakeNumber(ParameterLexer* lexer, std::string_view name, double least,
                                  double most) {
  const size_t position = lexer->position();
  const auto number = ReadNumber(lexer->TakePlain(",)"));
  if (number && *number >= least && *number <= most) return *number;
  return lexer->Error(position, fmt::format("`{}` is no number from {} to {}", name, least, most));
}

// One of the options of a decay, behind its colon.
absl::Status ParseDecayOption(std::string_view name, ParameterLexer* lexer, Decay* decay) {
  constexpr double kMost = 1e18, kLeast = 1e-9;
  if (name == "func") {
    const size_t position = lexer->position();
    const std::string_view curve = lexer->TakeName();
    if (curve == "gauss") decay->curve = Decay::Curve::kGauss;
    if (curve == "exp") decay->curve = Decay::Curve::kExp;
    if (curve == "linear") decay->curve = Decay::Curve::kLinear;
    if (curve == "gauss" || curve == "exp" || curve == "linear") return absl::OkStatus();
    return lexer->ExpectedAt(position, "`gauss`, `exp` or `linear`");
  }
  double* const number = name == "origin"   ? &decay->origin
                         : name == "scale"  ? &decay->scale
                         : name == "offset" ? &decay->offset
                                            : &decay->at_scale;
  const double least = name == "origin" ? -kMost : name == "offset" ? 0 : kLeast;
  ASSIGN_OR_RETURN(*number, TakeNumber(lexer, name, least, name == "decay" ? 1 - kLeast : kMost));
  return absl::OkStatus();
}

// What stands in parentheses behind a field that is no point.
absl::Status ParseOptions(const Field& field, ParameterLexer* lexer, SortKey* key) {
  if (!lexer->Take("(")) return absl::OkStatus();
  bool has_origin = false, has_scale = false;
  do {
    const size_t position = lexer->position();
    const std::string_view name = lexer->TakeName();
    const bool is_decay = name == "origin" || name == "scale" || name == "offset" ||
                          name == "decay" || name == "func";
    if (!is_decay && name != "missing_values") {
      return lexer->ExpectedAt(position,
                               "`missing_values: first` or `last`, or `origin`, `scale`, "
                               "`offset`, `decay`, `func`");
    }
    RETURN_IF_ERROR(lexer->Require(":"));
    if (is_decay) {
      if (field.IsText()) {
        return lexer->Error(position, fmt::format("`{}` is a text: only numbers are near to one "
                                                  "another",
                                                  field.name));
      }
      key->kind = SortKey::Kind::kDecay;
      has_origin |= name == "origin";
      has_scale |= name == "scale";
      RETURN_IF_ERROR(ParseDecayOption(name, lexer, &key->decay));
      continue;
    }
    key->missing_first = lexer->Take("first");
    if (!key->missing_first && !lexer->Take("last")) return lexer->Expected("`first` or `last`");
  } while (lexer->Take(","));
  if (key->kind == SortKey::Kind::kDecay && (!has_origin || !has_scale)) {
    return lexer->Expected("`origin` and `scale`");
  }
  return lexer->Require(")");
}

absl::Status ParseCondition(std::string_view text, double value, const Schema& schema,
                            ParameterLexer* lexer, SortKey* key) {
  const size_t position = lexer->position();
  if (key->conditions.size() == limits::kSortKeysMax) {
    return lexer->Error(position, fmt::format("more than {} conditions", limits::kSortKeysMax));
  }
  auto filter = ParseFilter(text, schema, kConditions);
  if (!filter.ok()) {
    return lexer->Error(position,
                        fmt::format("the condition before: {}", Message(filter.status())));
  }
  if (filter->kind == Filter::Kind::kAll) return lexer->Error(position, "an empty condition");
  key->conditions.push_back({*std::move(filter), value});
  return absl::OkStatus();
}

// Behind `_eval`: one condition in parentheses, or a list with a number for each.
absl::Status ParseConditions(const Schema& schema, ParameterLexer* lexer, SortKey* key) {
  constexpr double kMost = 1e9;
  key->kind = SortKey::Kind::kConditions;
  RETURN_IF_ERROR(lexer->Require("("));
  if (!lexer->Take("[")) {
    ASSIGN_OR_RETURN(const std::string_view text, lexer->TakeParenthesized());
    return ParseCondition(text, 1, schema, lexer, key);
  }
  do {
    RETURN_IF_ERROR(lexer->Require("("));
    ASSIGN_OR_RETURN(const std::string_view text, lexer->TakeParenthesized());
    RETURN_IF_ERROR(lexer->Require(":"));
    const size_t position = lexer->position();
    const auto value = ReadNumber(lexer->TakePlain(",]"));
    if (!value || std::abs(*value) > kMost) {
      return lexer->Error(position, "expected a number, as in `(brand:=Nord):3`");
    }
    RETURN_IF_ERROR(ParseCondition(text, *value, schema, lexer, key));
  } while (lexer->Take(","));
  RETURN_IF_ERROR(lexer->Require("]"));
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
    RETURN_IF_ERROR(ParseBuckets(lexer, &key));
  } else if (name == kConditions) {
    RETURN_IF_ERROR(ParseConditions(schema, lexer, &key));
  } else {
    const absl::StatusOr<size_t> field = FindField(name, schema, kSorted);
    if (!field.ok()) return lexer->Error(position, Message(field.status()));
    key.field = *field;
    const Field& sorted = schema.fields()[key.field];
    RETURN_IF_ERROR(sorted.IsGeo() ? ParsePoint(sorted, lexer, &key)
                                   : ParseOptions(sorted, lexer, &key));
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
