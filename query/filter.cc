// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/filter.h"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "query/parameter_lexer.h"

namespace aisle {
namespace {

// Elements of a list; brackets if there are several.
std::string ListText(const std::vector<std::string>& elements) {
  const std::string joined = fmt::format("{}", fmt::join(elements, ","));
  return elements.size() == 1 ? joined : "[" + joined + "]";
}

std::string QuotedList(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  for (const std::string& text : texts) quoted.push_back(QuoteValue(text));
  return ListText(quoted);
}

std::string BoundText(const Field& field, double number, int64_t integer) {
  if (field.type == FieldType::kBool) return integer != 0 ? "true" : "false";
  return field.IsInteger() ? std::to_string(integer) : fmt::format("{}", number);
}

bool HasFrom(const Filter::Range& range) { return range.from != Filter::Range().from; }
bool HasTo(const Filter::Range& range) { return range.to != Filter::Range().to; }

std::string RangeText(const Field& field, const Filter::Range& range) {
  const std::string from = HasFrom(range) ? BoundText(field, range.from, range.integer_from) : "";
  const std::string to = HasTo(range) ? BoundText(field, range.to, range.integer_to) : "";
  return from == to && HasFrom(range) ? from : from + ".." + to;
}

std::string NumbersText(const Field& field, const std::vector<Filter::Range>& ranges) {
  const Filter::Range& first = ranges.front();
  if (first.from_open) return field.name + ":>" + BoundText(field, first.from, first.integer_from);
  if (first.to_open) return field.name + ":<" + BoundText(field, first.to, first.integer_to);
  std::vector<std::string> elements;
  for (const Filter::Range& range : ranges) elements.push_back(RangeText(field, range));
  return field.name + ":" + ListText(elements);
}

std::string JoinedText(const Filter& filter, const Schema& schema, std::string_view glue) {
  std::string text;
  for (const Filter& child : filter.children) {
    if (!text.empty()) text += glue;
    // AND binds closer, so only an OR within it needs parentheses.
    const bool wraps = filter.kind == Filter::Kind::kAnd && child.kind == Filter::Kind::kOr;
    text += wraps ? "(" + child.ToString(schema) + ")" : child.ToString(schema);
  }
  return text;
}

std::string NotText(const Filter& child, const Schema& schema) {
  const bool wraps = child.kind == Filter::Kind::kAnd || child.kind == Filter::Kind::kOr;
  return wraps ? "!(" + child.ToString(schema) + ")" : "!" + child.ToString(schema);
}

}  // namespace

std::string Filter::ToString(const Schema& schema) const {
  const auto name = [&]() -> const std::string& { return schema.fields()[field].name; };
  switch (kind) {
    case Kind::kAll:
      return "id:*";
    case Kind::kAnd:
      return JoinedText(*this, schema, " && ");
    case Kind::kOr:
      return JoinedText(*this, schema, " || ");
    case Kind::kNot:
      return NotText(children.front(), schema);
    case Kind::kTerms:
      return name() + ":=" + QuotedList(texts);
    case Kind::kWords:
      return name() + ":" + QuotedList(texts);
    case Kind::kPhrase:
      return name() + ":\"" + QuotedList(texts) + "\"";
    case Kind::kNumbers:
      return NumbersText(schema.fields()[field], ranges);
    case Kind::kIds:
      return "id:=" + QuotedList(texts);
    case Kind::kExists:
      return name() + ":*";
    case Kind::kGeoRadius:
      return fmt::format("{}:({}, {}, {} m)", name(), center.latitude, center.longitude, radius_m);
  }
  return {};
}

std::vector<const Filter*> Conjuncts(const Filter& filter) {
  if (filter.kind == Filter::Kind::kAll) return {};
  if (filter.kind != Filter::Kind::kAnd) return {&filter};
  std::vector<const Filter*> parts;
  for (const Filter& child : filter.children) parts.push_back(&child);
  return parts;
}

}  // namespace aisle
