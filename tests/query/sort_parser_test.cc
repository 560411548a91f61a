// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/sort_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/query/query_schema.h"

namespace aisle {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

SortKey Key(SortKey::Kind kind, size_t field, bool descending) {
  SortKey key;
  key.kind = kind;
  key.field = field;
  key.descending = descending;
  return key;
}
SortKey Ascending(size_t field) { return Key(SortKey::Kind::kField, field, false); }
SortKey Descending(size_t field) { return Key(SortKey::Kind::kField, field, true); }

std::vector<SortKey> Parsed(std::string_view text) {
  return ParseSort(text, QuerySchema()).value();
}
std::string Refused(std::string_view text) {
  const absl::Status status = ParseSort(text, QuerySchema()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
  return std::string(Message(status));
}

TEST(SortParser, ReadsFields) {
  EXPECT_THAT(Parsed("price:asc"), ElementsAre(Ascending(kPrice)));
  EXPECT_THAT(Parsed(" brand : desc , stock:ASC "),
              ElementsAre(Descending(kBrand), Ascending(kStock)));
  EXPECT_THAT(Parsed("_text_match:desc,price:DESC"),
              ElementsAre(Key(SortKey::Kind::kTextMatch, 0, true), Descending(kPrice)));
  EXPECT_THAT(Parsed(""), IsEmpty());
  EXPECT_THAT(Parsed("  "), IsEmpty());
}

TEST(SortParser, ReadsWhereMissingValuesGo) {
  SortKey first = Descending(kPrice);
  first.missing_first = true;
  EXPECT_THAT(Parsed("price(missing_values: first):desc"), ElementsAre(first));
  EXPECT_THAT(Parsed("price( missing_values:last ) :desc"), ElementsAre(Descending(kPrice)));
}

TEST(SortParser, ReadsBuckets) {
  SortKey key = Key(SortKey::Kind::kTextMatch, 0, true);
  key.buckets = 5;
  EXPECT_THAT(Parsed("_text_match( buckets : 5 ):desc"), ElementsAre(key));
  EXPECT_THAT(Refused("_text_match(buckets: 0):desc"), HasSubstr("whole number from 1 to 100"));
  EXPECT_THAT(Refused("_text_match(buckets: 2.5):desc"), HasSubstr("whole number"));
  EXPECT_THAT(Refused("_text_match(parts: 2):desc"), HasSubstr("`buckets`"));
}

TEST(SortParser, ReadsConditions) {
  const auto one = Parsed("_eval(price:<20 && (stock:>0 || stock:<-5)):desc,price:asc");
  ASSERT_EQ(one.size(), 2u);
  EXPECT_EQ(one[0].kind, SortKey::Kind::kConditions);
  ASSERT_EQ(one[0].conditions.size(), 1u);
  EXPECT_EQ(one[0].conditions[0].value, 1);
  EXPECT_EQ(one[0].conditions[0].filter.kind, Filter::Kind::kAnd);
  const auto list = Parsed("_eval([(brand:=`A)`):3, (brand:=B):-1.5 ]):asc");
  ASSERT_EQ(list.size(), 1u);
  ASSERT_EQ(list[0].conditions.size(), 2u);
  EXPECT_THAT(list[0].conditions[0].filter.texts, ElementsAre("A)"));
  EXPECT_EQ(list[0].conditions[1].value, -1.5);
  EXPECT_THAT(
      Refused("_eval(nothing:1):desc"),
      AllOf(HasSubstr("`_eval`, column 1"), HasSubstr("nothing"), Not(HasSubstr("filter_by"))));
  EXPECT_THAT(Refused("_eval():desc"), HasSubstr("empty condition"));
  EXPECT_THAT(Refused("_eval(price:<20:desc"), HasSubstr("not closed"));
  EXPECT_THAT(Refused("_eval([(price:<20):x]):desc"), HasSubstr("a number"));
  EXPECT_THAT(Refused("_eval:desc"), HasSubstr("`(`"));
}

TEST(SortParser, ReadsDecay) {
  SortKey key = Descending(kPrice);
  key.kind = SortKey::Kind::kDecay;
  key.decay = {Decay::Curve::kLinear, 50, 10, 2, 0.25};
  EXPECT_THAT(Parsed("price(origin: 50, scale: 10, func: linear, decay: 0.25, offset: 2):desc"),
              ElementsAre(key));
  key.decay = {Decay::Curve::kGauss, -1, 0.5, 0, 0.5};
  key.missing_first = true;
  EXPECT_THAT(Parsed("price(scale:0.5,origin:-1,missing_values:first):desc"), ElementsAre(key));
  EXPECT_THAT(Refused("price(origin: 50):desc"), HasSubstr("`origin` and `scale`"));
  EXPECT_THAT(Refused("price(origin: 5, scale: 0):desc"), HasSubstr("`scale` is no number"));
  EXPECT_THAT(Refused("price(origin: 5, scale: 1, decay: 1):desc"), HasSubstr("`decay`"));
  EXPECT_THAT(Refused("price(origin: 5, scale: 1, func: cubic):desc"), HasSubstr("`gauss`"));
  EXPECT_THAT(Refused("brand(origin: 5, scale: 1):desc"), HasSubstr("only numbers"));
}

TEST(SortParser, ReadsPoints) {
  SortKey key = Key(SortKey::Kind::kGeoDistance, kLocation, false);
  key.origin = {48.9, -2.3};
  EXPECT_THAT(Parsed("location(48.9,-2.3):asc"), ElementsAre(key));
  key.field = kWarehouses;
  key.descending = true;
  EXPECT_THAT(Parsed("price:asc,warehouses( 48.9 , -2.3 ):desc"),
              ElementsAre(Ascending(kPrice), key));
}

TEST(SortParser, SaysWhichFieldsAreAllowed) {
  EXPECT_EQ(Refused("price:asc,prize:asc"),
            "`sort_by`, column 11: there is no field `prize`: allowed are `price`, `brand`, "
            "`stock`, `location`, `warehouses`, `_text_match`");
  EXPECT_THAT(Refused("title:asc"),
              HasSubstr("column 1: field `title` (string) cannot be sorted by, that needs a single "
                        "value and `\"sort\": true`: allowed are "));
  EXPECT_THAT(Refused("weights:asc"), HasSubstr("field `weights` (float[]) cannot be sorted by"));
  EXPECT_THAT(Refused("notes:asc"), HasSubstr("cannot be sorted by"));
  EXPECT_THAT(Refused("in_stock:asc"), HasSubstr("cannot be sorted by"));
}

TEST(SortParser, SaysWhatIsExpected) {
  EXPECT_THAT(Refused("price"), HasSubstr("column 6: found the end, expected `:asc` or `:desc`"));
  EXPECT_THAT(Refused("price:up"), HasSubstr("column 7: found `up`, expected `asc` or `desc`"));
  EXPECT_THAT(Refused("price:"), HasSubstr("column 7: found the end, expected `asc` or `desc`"));
  EXPECT_THAT(Refused("price:asc,"), HasSubstr("column 11: found the end, expected a field name"));
  EXPECT_THAT(Refused("price:asc stock:asc"),
              HasSubstr("column 11: found `stock:asc`, expected `,"));
  EXPECT_THAT(Refused("price(missing: first):asc"), HasSubstr("expected `missing_values: first`"));
  EXPECT_THAT(Refused("price(missing_values: middle):asc"),
              HasSubstr("expected `first` or `last`"));
  EXPECT_THAT(Refused("price(missing_values: first:asc"), HasSubstr("found `:asc`, expected `)`"));
  EXPECT_THAT(Refused("location:asc"), HasSubstr("expected a point: `location(48.9, 2.3)`"));
  EXPECT_THAT(Refused("location(100,0):asc"), HasSubstr("column 10: found `100`, expected a"));
  EXPECT_THAT(Refused("location(1):asc"), HasSubstr("expected `,`"));
  EXPECT_THAT(Refused("location(1,2,3):asc"), HasSubstr("expected `)`"));
  EXPECT_THAT(Refused("price(1,2):asc"), HasSubstr("expected `missing_values"));
}

TEST(SortParser, KeysAreCounted) {
  std::string keys = "price:asc";
  for (int i = 0; i < 7; ++i) keys += ",price:asc";
  EXPECT_EQ(Parsed(keys).size(), 8);
  EXPECT_THAT(Refused(keys + ",price:asc"), HasSubstr("more than 8 keys"));
}

}  // namespace
}  // namespace aisle
