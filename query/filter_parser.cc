// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recursive descent, one function for each rule of the grammar in the header. Only a parenthesis
// recurses, and its depth is counted; negations are folded while they are read.
#include "query/filter_parser.h"

#include <iterator>
#include <utility>

#include "core/limits.h"
#include "query/field_lookup.h"
#include "query/filter_values.h"
#include "query/parameter_lexer.h"

namespace aisle {
namespace {

constexpr std::string_view kId = "id";

struct Operator {
  std::string_view symbol;
  Comparison comparison;
  bool is_negated;
};

// What may follow the colon; longer ones before their beginnings.
constexpr Operator kOperators[] = {
    {"!=", Comparison::kEqual, true},         {"!", Comparison::kMatch, true},
    {">=", Comparison::kGreaterEqual, false}, {">", Comparison::kGreater, false},
    {"<=", Comparison::kLessEqual, false},    {"<", Comparison::kLess, false},
    {"=", Comparison::kEqual, false},         {"", Comparison::kMatch, false},
};

bool IsOrder(Comparison comparison) {
  return comparison != Comparison::kMatch && comparison != Comparison::kEqual;
}

Filter Leaf(Filter::Kind kind, size_t field) {
  Filter filter;
  filter.kind = kind;
  filter.field = field;
  return filter;
}

Filter Negate(Filter filter, bool is_negated) {
  if (!is_negated) return filter;
  if (filter.kind == Filter::Kind::kNot) {
    Filter child = std::move(filter.children.front());
    return child;
  }
  Filter negation;
  negation.kind = Filter::Kind::kNot;
  negation.children.push_back(std::move(filter));
  return negation;
}

// One of several parts is itself; parts of the same kind give their children.
Filter Combine(Filter::Kind kind, std::vector<Filter> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  Filter filter;
  filter.kind = kind;
  for (Filter& part : parts) {
    if (part.kind == kind) {
      std::move(part.children.begin(), part.children.end(), std::back_inserter(filter.children));
    } else {
      filter.children.push_back(std::move(part));
    }
  }
  return filter;
}

class FilterParser {
 public:
  FilterParser(ParameterLexer lexer, const Schema& schema) : lexer_(lexer), schema_(schema) {}

  absl::StatusOr<Filter> Parse();

 private:
  using Values = std::vector<ParameterLexer::Value>;

  absl::StatusOr<Filter> ParseOr();
  absl::StatusOr<Filter> ParseAnd();
  absl::StatusOr<Filter> ParsePart();
  absl::StatusOr<Filter> ParseParentheses();
  absl::StatusOr<Filter> ParseCondition();

  absl::StatusOr<Filter> ParseField(std::string_view name, size_t position);
  absl::StatusOr<Filter> ParseId();
  absl::StatusOr<Filter> ParseText(size_t number, const Operator& op, size_t position);
  absl::StatusOr<Filter> ParseNumbers(size_t number, const Operator& op);
  absl::StatusOr<Filter> ParseGeo(size_t number);

  absl::StatusOr<Operator> ParseOperator();
  absl::StatusOr<Values> ParseValues(bool allows_list);
  absl::StatusOr<ParameterLexer::Value> ParseValue();
  // `*` as the whole value.
  bool TakeStar();
  absl::Status OnlyEquality(const Operator& op, std::string_view name, std::string_view type,
                            size_t position) const;
  absl::Status Count(size_t position);

  ParameterLexer lexer_;
  const Schema& schema_;
  size_t depth_ = 0;
  size_t nodes_ = 0;
};

absl::StatusOr<Filter> FilterParser::Parse() {
  if (lexer_.AtEnd()) return Filter();
  ASSIGN_OR_RETURN(Filter filter, ParseOr());
  if (!lexer_.AtEnd()) {
    return lexer_.Expected(
        "`&&`, `||` or the end (a value with special characters stands in backticks)");
  }
  return filter;
}

absl::StatusOr<Filter> FilterParser::ParseOr() {
  std::vector<Filter> parts;
  do {
    ASSIGN_OR_RETURN(Filter part, ParseAnd());
    parts.push_back(std::move(part));
  } while (lexer_.Take("||") || lexer_.TakeKeyword("OR"));
  return Combine(Filter::Kind::kOr, std::move(parts));
}

absl::StatusOr<Filter> FilterParser::ParseAnd() {
  std::vector<Filter> parts;
  do {
    ASSIGN_OR_RETURN(Filter part, ParsePart());
    parts.push_back(std::move(part));
  } while (lexer_.Take("&&") || lexer_.TakeKeyword("AND"));
  return Combine(Filter::Kind::kAnd, std::move(parts));
}

absl::StatusOr<Filter> FilterParser::ParsePart() {
  bool is_negated = false;
  while (lexer_.Take("!") || lexer_.TakeKeyword("NOT")) is_negated = !is_negated;
  ASSIGN_OR_RETURN(Filter part, lexer_.Take("(") ? ParseParentheses() : ParseCondition());
  return Negate(std::move(part), is_negated);
}

absl::StatusOr<Filter> FilterParser::ParseParentheses() {
  if (++depth_ > limits::kFilterDepthMax) {
    return lexer_.Error(lexer_.position() - 1, fmt::format("more than {} parentheses in each other",
                                                           limits::kFilterDepthMax));
  }
  ASSIGN_OR_RETURN(Filter filter, ParseOr());
  if (!lexer_.Take(")")) return lexer_.Expected("`&&`, `||` or `)`");
  --depth_;
  return filter;
}

absl::StatusOr<Filter> FilterParser::ParseCondition() {
  const size_t position = lexer_.position();
  RETURN_IF_ERROR(Count(position));
  const std::string_view name = lexer_.TakeName();
  if (name.empty()) return lexer_.Expected("a field name, `(` or `!`");
  return name == kId ? ParseId() : ParseField(name, position);
}

absl::StatusOr<Filter> FilterParser::ParseField(std::string_view name, size_t position) {
  constexpr FieldUse kFiltered = {
      .verb = "filtered",
      .needs = "a value of its own and `index`",
      .extra = kId,
      .allows = [](const Field& field) { return field.HasColumn() || field.IsSearched(); }};
  const absl::StatusOr<size_t> number = FindField(name, schema_, kFiltered);
  if (!number.ok()) return lexer_.Error(position, Message(number.status()));
  const Field& field = schema_.fields()[*number];
  const size_t colon = lexer_.position();
  ASSIGN_OR_RETURN(const Operator op, ParseOperator());
  if (op.comparison == Comparison::kMatch && TakeStar()) {
    if (!field.HasColumn()) {
      return lexer_.Error(position,
                          fmt::format("`{}` is searched by its words only: `:*` and `:!*` need "
                                      "`\"facet\": true` in the schema",
                                      name));
    }
    return Negate(Leaf(Filter::Kind::kExists, *number), op.is_negated);
  }
  if (!field.IsNumeric() || field.type == FieldType::kBool) {
    RETURN_IF_ERROR(OnlyEquality(op, name, field.TypeText(), colon));
  }
  absl::StatusOr<Filter> filter = field.IsText()  ? ParseText(*number, op, position)
                                  : field.IsGeo() ? ParseGeo(*number)
                                                  : ParseNumbers(*number, op);
  if (!filter.ok()) return filter;
  return Negate(*std::move(filter), op.is_negated);
}

absl::StatusOr<Filter> FilterParser::ParseId() {
  const size_t colon = lexer_.position();
  ASSIGN_OR_RETURN(const Operator op, ParseOperator());
  RETURN_IF_ERROR(OnlyEquality(op, kId, "string", colon));
  if (op.comparison == Comparison::kMatch && TakeStar()) return Negate(Filter(), op.is_negated);
  ASSIGN_OR_RETURN(Values values, ParseValues(true));
  Filter filter = Leaf(Filter::Kind::kIds, 0);
  for (auto& value : values) filter.texts.push_back(std::move(value.text));
  return Negate(std::move(filter), op.is_negated);
}

absl::StatusOr<Filter> FilterParser::ParseText(size_t number, const Operator& op, size_t position) {
  const Field& field = schema_.fields()[number];
  const bool is_exact = op.comparison == Comparison::kEqual;
  if (is_exact && !field.HasColumn()) {
    return lexer_.Error(position,
                        fmt::format("`{0}` ({1}) is searched by its words only: `:=` needs "
                                    "`\"facet\": true` in the schema, `{0}:word` works without",
                                    field.name, field.TypeText()));
  }
  ASSIGN_OR_RETURN(Values values, ParseValues(true));
  Filter filter = Leaf(is_exact ? Filter::Kind::kTerms : Filter::Kind::kWords, number);
  for (auto& value : values) filter.texts.push_back(std::move(value.text));
  return filter;
}

absl::StatusOr<Filter> FilterParser::ParseNumbers(size_t number, const Operator& op) {
  ASSIGN_OR_RETURN(const Values values, ParseValues(!IsOrder(op.comparison)));
  Filter filter = Leaf(Filter::Kind::kNumbers, number);
  for (const ParameterLexer::Value& value : values) {
    const auto range = ReadRange(value.text, op.comparison, schema_.fields()[number]);
    if (!range.ok()) return lexer_.Error(value.position, Message(range.status()));
    filter.ranges.push_back(*range);
  }
  return filter;
}

absl::StatusOr<Filter> FilterParser::ParseGeo(size_t number) {
  if (!lexer_.Take("("))
    return lexer_.Expected("`(latitude, longitude, radius)`, such as `(48.9, 2.3, 5 km)`");
  Filter filter = Leaf(Filter::Kind::kGeoRadius, number);
  ASSIGN_OR_RETURN(filter.center.latitude, lexer_.TakeCoordinate("latitude", 90));
  RETURN_IF_ERROR(lexer_.Require(","));
  ASSIGN_OR_RETURN(filter.center.longitude, lexer_.TakeCoordinate("longitude", 180));
  RETURN_IF_ERROR(lexer_.Require(","));
  const size_t position = lexer_.position();
  const absl::StatusOr<double> radius = ReadDistance(lexer_.TakePlain(",)"));
  if (!radius.ok()) return lexer_.Error(position, Message(radius.status()));
  filter.radius_m = *radius;
  RETURN_IF_ERROR(lexer_.Require(")"));
  return filter;
}

absl::StatusOr<Operator> FilterParser::ParseOperator() {
  if (!lexer_.Take(":"))
    return lexer_.Expected("`:` and a value, such as `price:>5` or `brand:=Acme`");
  for (const Operator& op : kOperators) {
    if (lexer_.Take(op.symbol)) return op;
  }
  return Operator{};
}

absl::StatusOr<FilterParser::Values> FilterParser::ParseValues(bool allows_list) {
  Values values;
  if (!allows_list || !lexer_.Take("[")) {
    ASSIGN_OR_RETURN(ParameterLexer::Value value, ParseValue());
    values.push_back(std::move(value));
    return values;
  }
  do {
    RETURN_IF_ERROR(Count(lexer_.position()));
    ASSIGN_OR_RETURN(ParameterLexer::Value value, ParseValue());
    values.push_back(std::move(value));
  } while (lexer_.Take(","));
  if (!lexer_.Take("]")) return lexer_.Expected("`,` or `]`");
  return values;
}

absl::StatusOr<ParameterLexer::Value> FilterParser::ParseValue() {
  return lexer_.TakeValue(",])", /*ends_at_operators=*/true);
}

bool FilterParser::TakeStar() {
  const ParameterLexer before = lexer_;
  const auto value = ParseValue();
  if (value.ok() && !value->is_quoted && value->text == "*") return true;
  lexer_ = before;
  return false;
}

absl::Status FilterParser::OnlyEquality(const Operator& op, std::string_view name,
                                        std::string_view type, size_t position) const {
  if (!IsOrder(op.comparison)) return absl::OkStatus();
  return lexer_.Error(position, fmt::format("`{}` ({}) takes `:`, `:=`, `:!` and `:!=`, not `:{}`",
                                            name, type, op.symbol));
}

absl::Status FilterParser::Count(size_t position) {
  if (++nodes_ <= limits::kFilterNodesMax) return absl::OkStatus();
  return lexer_.Error(position,
                      fmt::format("more than {} conditions and values", limits::kFilterNodesMax));
}

}  // namespace

absl::StatusOr<Filter> ParseFilter(std::string_view text, const Schema& schema,
                                   std::string_view parameter) {
  ASSIGN_OR_RETURN(const ParameterLexer lexer, ParameterLexer::Create(parameter, text));
  return FilterParser(lexer, schema).Parse();
}

}  // namespace aisle
