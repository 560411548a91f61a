// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ranking.h"

#include <array>

#include <fmt/ranges.h>

#include "core/limits.h"

namespace aisle {
namespace {

using Criterion = Ranking::Criterion;

struct Named {
  std::string_view name;
  Criterion::Kind kind;
};
constexpr std::array<Named, 6> kNames = {{{"words", Criterion::Kind::kWords},
                                          {"typos", Criterion::Kind::kTypos},
                                          {"attribute", Criterion::Kind::kAttribute},
                                          {"proximity", Criterion::Kind::kProximity},
                                          {"exactness", Criterion::Kind::kExactness},
                                          {"text_match", Criterion::Kind::kTextMatch}}};

absl::Status ReadNumber(std::string_view name, const Json& json, double most, double* number) {
  if (json.is_number() && json.as_double() >= 0 && json.as_double() <= most) {
    *number = json.as_double();
    return absl::OkStatus();
  }
  return InvalidArgument("ranking: `{}` is {}: allowed are numbers from 0 to {}", name, json.Dump(),
                         most);
}

absl::StatusOr<Criterion> ReadCriterion(const Json& json, const Schema& schema) {
  const std::string text = json.is_string() ? json.as_string() : std::string();
  for (const Named& known : kNames) {
    if (known.name == text) return Criterion{known.kind};
  }
  const size_t colon = text.find(':');
  const std::string_view direction =
      colon == std::string::npos ? std::string_view() : std::string_view(text).substr(colon + 1);
  const Field* field = schema.Find(text.substr(0, colon));
  const bool is_sorted = field != nullptr && field->IsNumeric() && field->sort && !field->is_array;
  if (is_sorted && (direction == "asc" || direction == "desc")) {
    return Criterion{Criterion::Kind::kField, field->name, direction == "desc"};
  }
  std::vector<std::string_view> names;
  for (const Named& known : kNames) names.push_back(known.name);
  return InvalidArgument(
      "ranking: `criteria` has {}: allowed are {}, and numbers and booleans with a direction, as "
      "in `popularity:desc`",
      json.Dump(), fmt::join(names, ", "));
}

absl::StatusOr<std::vector<Criterion>> ReadCriteria(const Json& json, const Schema& schema) {
  if (!json.is_array() || json.as_array().size() > limits::kRankingCriteriaMax) {
    return InvalidArgument("ranking: `criteria` is {}: allowed is an array of up to {} texts",
                           json.Dump().substr(0, 200), limits::kRankingCriteriaMax);
  }
  std::vector<Criterion> criteria;
  for (const Json& one : json.as_array()) {
    ASSIGN_OR_RETURN(criteria.emplace_back(), ReadCriterion(one, schema));
  }
  return criteria;
}

}  // namespace

absl::StatusOr<Ranking> Ranking::FromJson(const Json& json, const Schema& schema) {
  Ranking ranking;
  if (json.is_null()) return ranking;
  if (!json.is_object()) {
    return InvalidArgument("`ranking` is {}: allowed are an object and null",
                           json.TypeNameWithArticle());
  }
  constexpr double kMostK1 = 10;
  for (const auto& [name, value] : json.as_object()) {
    if (name == "k1") {
      RETURN_IF_ERROR(ReadNumber(name, value, kMostK1, &ranking.k1));
    } else if (name == "b") {
      RETURN_IF_ERROR(ReadNumber(name, value, 1, &ranking.b));
    } else if (name == "criteria") {
      ASSIGN_OR_RETURN(ranking.criteria, ReadCriteria(value, schema));
    } else {
      return InvalidArgument("ranking: `{}` is not known: allowed are k1, b, criteria", name);
    }
  }
  return ranking;
}

Json Ranking::ToJson() const {
  Json::Array texts;
  for (const Criterion& criterion : criteria) texts.emplace_back(CriterionText(criterion));
  return Json(Json::Object{{"k1", k1}, {"b", b}, {"criteria", std::move(texts)}});
}

std::string CriterionText(const Criterion& criterion) {
  for (const Named& known : kNames) {
    if (known.kind == criterion.kind) return std::string(known.name);
  }
  return criterion.field + (criterion.descending ? ":desc" : ":asc");
}

}  // namespace aisle
