// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/facet_parser.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/limits.h"
#include "query/field_lookup.h"
#include "query/parameter_lexer.h"

namespace aisle {
namespace {

constexpr FieldUse kFaceted = {
    .verb = "a facet", .needs = "`\"facet\": true`", .extra = {}, .allows = [](const Field& field) {
      return field.facet && field.HasColumn();
    }};

class FacetParser {
 public:
  FacetParser(ParameterLexer lexer, const Schema& schema) : lexer_(lexer), schema_(schema) {}

  absl::StatusOr<std::vector<FacetRequest>> Parse();

 private:
  absl::StatusOr<FacetRequest> ParseFacet();
  absl::Status ParseOption(const Field& field, FacetRequest* facet);
  absl::Status ParseRange(ParameterLexer::Value label, FacetRequest* facet);
  absl::StatusOr<std::optional<double>> ParseBound();
  // The number of buckets.
  absl::StatusOr<uint32_t> ParseHistogram();

  ParameterLexer lexer_;
  const Schema& schema_;
};

absl::StatusOr<std::vector<FacetRequest>> FacetParser::Parse() {
  std::vector<FacetRequest> facets;
  if (lexer_.AtEnd()) return facets;
  do {
    if (facets.size() == limits::kFacetsMax) {
      return lexer_.Error(lexer_.position(),
                          fmt::format("more than {} facets", limits::kFacetsMax));
    }
    ASSIGN_OR_RETURN(FacetRequest facet, ParseFacet());
    facets.push_back(std::move(facet));
  } while (lexer_.Take(","));
  if (!lexer_.AtEnd()) return lexer_.Expected("`,`, `(` or the end");
  return facets;
}

absl::StatusOr<FacetRequest> FacetParser::ParseFacet() {
  const size_t position = lexer_.position();
  const std::string_view name = lexer_.TakeName();
  if (name.empty()) return lexer_.Expected("a field name");
  const absl::StatusOr<size_t> number = FindField(name, schema_, kFaceted);
  if (!number.ok()) return lexer_.Error(position, Message(number.status()));
  const Field& field = schema_.fields()[*number];
  FacetRequest facet;
  facet.field = field.name;
  if (!lexer_.Take("(")) return facet;
  do {
    RETURN_IF_ERROR(ParseOption(field, &facet));
  } while (lexer_.Take(","));
  if (!lexer_.Take(")")) return lexer_.Expected("`,` or `)`");
  return facet;
}

absl::Status FacetParser::ParseOption(const Field& field, FacetRequest* facet) {
  ASSIGN_OR_RETURN(ParameterLexer::Value name, lexer_.TakeValue(":,()[]"));
  RETURN_IF_ERROR(lexer_.Require(":"));
  const bool is_range = lexer_.Take("[");
  const bool is_histogram = !is_range && name.text == "histogram";
  if ((is_range || is_histogram) && (!field.IsNumeric() || field.type == FieldType::kBool)) {
    return lexer_.Error(name.position,
                        fmt::format("`{}` ({}) is no number: ranges and histograms need one",
                                    field.name, field.TypeText()));
  }
  if (is_range) return ParseRange(std::move(name), facet);
  if (is_histogram) {
    ASSIGN_OR_RETURN(facet->histogram_buckets, ParseHistogram());
    return absl::OkStatus();
  }
  const size_t position = lexer_.position();
  const std::string_view value = lexer_.TakePlain(",()[]");
  if (name.text == "operator" && (value == "and" || value == "or")) {
    facet->conjunctive = value == "and";
    return absl::OkStatus();
  }
  if (name.text == "sort_by") {
    const bool is_alpha = value == "alpha" || value == "_alpha" || value == "_alpha:asc";
    facet->order = is_alpha ? FacetOrder::kAlphabetical : FacetOrder::kCount;
    if (is_alpha || value == "count") return absl::OkStatus();
    return lexer_.ExpectedAt(position, "`alpha` or `count`");
  }
  if (name.text == "operator") {
    return lexer_.ExpectedAt(position, "`and` or `or`");
  }
  return lexer_.ExpectedAt(
      name.position,
      "a range `label:[from,to]`, `histogram:24`, `operator:and` or `sort_by:alpha`");
}

absl::Status FacetParser::ParseRange(ParameterLexer::Value label, FacetRequest* facet) {
  FacetRange range{.label = std::move(label.text), .from = {}, .to = {}};
  ASSIGN_OR_RETURN(range.from, ParseBound());
  RETURN_IF_ERROR(lexer_.Require(","));
  ASSIGN_OR_RETURN(range.to, ParseBound());
  RETURN_IF_ERROR(lexer_.Require("]"));
  if (range.from && range.to && *range.from >= *range.to) {
    return lexer_.Error(label.position,
                        fmt::format("no number lies in the range `{}`, from {} to below {}",
                                    range.label, *range.from, *range.to));
  }
  if (std::any_of(facet->ranges.begin(), facet->ranges.end(),
                  [&](const FacetRange& other) { return other.label == range.label; })) {
    return lexer_.Error(label.position, fmt::format("the label `{}` is there twice", range.label));
  }
  if (facet->ranges.size() == limits::kFacetRangesMax) {
    return lexer_.Error(label.position,
                        fmt::format("more than {} ranges", limits::kFacetRangesMax));
  }
  facet->ranges.push_back(std::move(range));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<double>> FacetParser::ParseBound() {
  const size_t position = lexer_.position();
  const std::string_view text = lexer_.TakePlain(",()[]");
  if (text.empty()) return std::nullopt;
  const auto number = ReadNumber(text);
  if (!number) return lexer_.ExpectedAt(position, "a number");
  return number;
}

absl::StatusOr<uint32_t> FacetParser::ParseHistogram() {
  const size_t position = lexer_.position();
  const std::string_view text = lexer_.TakePlain(",()[]");
  uint32_t buckets = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), buckets);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (is_number && buckets >= 1 && buckets <= limits::kHistogramBucketsMax) return buckets;
  return lexer_.ExpectedAt(
      position, fmt::format("a number of buckets from 1 to {}", limits::kHistogramBucketsMax));
}

}  // namespace

absl::StatusOr<std::vector<FacetRequest>> ParseFacets(std::string_view facet_by,
                                                      const Schema& schema) {
  ASSIGN_OR_RETURN(const ParameterLexer lexer, ParameterLexer::Create("facet_by", facet_by));
  return FacetParser(lexer, schema).Parse();
}

absl::StatusOr<FacetQuery> ParseFacetQuery(std::string_view facet_query, const Schema& schema) {
  ASSIGN_OR_RETURN(ParameterLexer lexer, ParameterLexer::Create("facet_query", facet_query));
  const size_t position = lexer.position();
  const std::string_view name = lexer.TakeName();
  if (name.empty()) return lexer.Expected("a field and a text, such as `brand:ni`");
  const absl::StatusOr<size_t> number = FindField(name, schema, kFaceted);
  if (!number.ok()) return lexer.Error(position, Message(number.status()));
  RETURN_IF_ERROR(lexer.Require(":"));
  return FacetQuery{.field = std::string(name), .text = std::string(lexer.TakePlain({}))};
}

}  // namespace aisle
