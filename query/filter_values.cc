// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/filter_values.h"

#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/string_view.h>

#include "query/parameter_lexer.h"

namespace aisle {
namespace {

constexpr size_t kValueBytesShown = 40;

struct Bound {
  double number = 0;
  int64_t integer = 0;
};

std::string_view Trim(std::string_view text) {
  const absl::string_view trimmed = absl::StripAsciiWhitespace({text.data(), text.size()});
  return {trimmed.data(), trimmed.size()};
}

absl::Status Unfit(std::string_view text, std::string_view expected) {
  size_t end = std::min(text.size(), kValueBytesShown);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return InvalidArgument("found `{}`, expected {}", text.substr(0, end), expected);
}

absl::StatusOr<Bound> ReadInteger(std::string_view text, const Field& field) {
  Bound bound;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bound.integer);
  if (error != std::errc() || end != text.data() + text.size()) {
    return Unfit(
        text, fmt::format("a whole number of 64 bits: `{}` is {}", field.name, field.TypeText()));
  }
  bound.number = static_cast<double>(bound.integer);
  return bound;
}

absl::StatusOr<Bound> ReadBound(std::string_view text, const Field& field) {
  if (field.IsInteger()) return ReadInteger(text, field);
  const auto number = ReadNumber(text);
  if (!number)
    return Unfit(text, fmt::format("a number: `{}` is {}", field.name, field.TypeText()));
  return Bound{.number = *number, .integer = 0};
}

void SetFrom(const Bound& bound, const Field& field, Filter::Range* range) {
  range->from = bound.number;
  if (field.IsInteger()) range->integer_from = bound.integer;
}

void SetTo(const Bound& bound, const Field& field, Filter::Range* range) {
  range->to = bound.number;
  if (field.IsInteger()) range->integer_to = bound.integer;
}

absl::StatusOr<Filter::Range> ReadBool(std::string_view text, const Field& field) {
  if (text != "true" && text != "false") {
    return Unfit(text, fmt::format("`true` or `false`: `{}` is {}", field.name, field.TypeText()));
  }
  const int64_t value = text == "true" ? 1 : 0;
  const Bound bound{.number = static_cast<double>(value), .integer = value};
  Filter::Range range;
  SetFrom(bound, field, &range);
  SetTo(bound, field, &range);
  return range;
}

absl::StatusOr<Filter::Range> ReadInterval(std::string_view from, std::string_view to,
                                           const Field& field) {
  Filter::Range range;
  if (!from.empty()) {
    ASSIGN_OR_RETURN(const Bound bound, ReadBound(from, field));
    SetFrom(bound, field, &range);
  }
  if (!to.empty()) {
    ASSIGN_OR_RETURN(const Bound bound, ReadBound(to, field));
    SetTo(bound, field, &range);
  }
  return range;
}

}  // namespace

absl::StatusOr<Filter::Range> ReadRange(std::string_view text, Comparison comparison,
                                        const Field& field) {
  if (field.type == FieldType::kBool) return ReadBool(text, field);
  const bool is_equal = comparison == Comparison::kMatch || comparison == Comparison::kEqual;
  const size_t dots = is_equal ? text.find("..") : std::string_view::npos;
  if (dots != std::string_view::npos) {
    return ReadInterval(Trim(text.substr(0, dots)), Trim(text.substr(dots + 2)), field);
  }
  ASSIGN_OR_RETURN(const Bound bound, ReadBound(text, field));
  Filter::Range range;
  const bool is_lower =
      comparison == Comparison::kGreater || comparison == Comparison::kGreaterEqual;
  const bool is_upper = comparison == Comparison::kLess || comparison == Comparison::kLessEqual;
  if (!is_upper) SetFrom(bound, field, &range);
  if (!is_lower) SetTo(bound, field, &range);
  range.from_open = comparison == Comparison::kGreater;
  range.to_open = comparison == Comparison::kLess;
  return range;
}

absl::StatusOr<double> ReadDistance(std::string_view text) {
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"km", 1000}, {"mi", 1609.344}, {"m", 1}};
  for (const auto& [unit, meters] : kUnits) {
    if (!text.ends_with(unit)) continue;
    const auto number = ReadNumber(Trim(text.substr(0, text.size() - unit.size())));
    if (number && *number >= 0 && std::isfinite(*number * meters)) return *number * meters;
    break;
  }
  return Unfit(text, "a radius such as `5 km`, `300 m` or `2.5 mi`");
}

}  // namespace aisle
