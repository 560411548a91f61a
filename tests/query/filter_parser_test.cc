// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/filter_parser.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"
#include "tests/query/query_schema.h"

namespace aisle {
namespace {

using Kind = Filter::Kind;

constexpr int64_t kIntegerMax = std::numeric_limits<int64_t>::max();
constexpr int64_t kIntegerMin = std::numeric_limits<int64_t>::min();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Filter Leaf(Kind kind, size_t field) {
  Filter filter;
  filter.kind = kind;
  filter.field = field;
  return filter;
}
Filter Texts(Kind kind, size_t field, std::vector<std::string> texts) {
  Filter filter = Leaf(kind, field);
  filter.texts = std::move(texts);
  return filter;
}
Filter Words(size_t field, std::vector<std::string> texts) {
  return Texts(Kind::kWords, field, std::move(texts));
}
Filter Terms(size_t field, std::vector<std::string> texts) {
  return Texts(Kind::kTerms, field, std::move(texts));
}
Filter Ids(std::vector<std::string> texts) { return Texts(Kind::kIds, 0, std::move(texts)); }
Filter Numbers(size_t field, std::vector<Filter::Range> ranges) {
  Filter filter = Leaf(Kind::kNumbers, field);
  filter.ranges = std::move(ranges);
  return filter;
}
Filter Parent(Kind kind, std::vector<Filter> children) {
  Filter filter;
  filter.kind = kind;
  filter.children = std::move(children);
  return filter;
}
Filter And(std::vector<Filter> children) { return Parent(Kind::kAnd, std::move(children)); }
Filter Or(std::vector<Filter> children) { return Parent(Kind::kOr, std::move(children)); }
Filter Not(Filter child) { return Parent(Kind::kNot, {std::move(child)}); }
Filter Geo(size_t field, GeoPoint center, double radius_m) {
  Filter filter = Leaf(Kind::kGeoRadius, field);
  filter.center = center;
  filter.radius_m = radius_m;
  return filter;
}

Filter::Range Floats(double from, double to) {
  Filter::Range range;
  range.from = from;
  range.to = to;
  return range;
}
Filter::Range Integers(int64_t from, int64_t to) {
  Filter::Range range;
  range.integer_from = from;
  range.integer_to = to;
  range.from = from == kIntegerMin ? -kInfinity : static_cast<double>(from);
  range.to = to == kIntegerMax ? kInfinity : static_cast<double>(to);
  return range;
}
Filter::Range FromOpen(Filter::Range range) {
  range.from_open = true;
  return range;
}
Filter::Range ToOpen(Filter::Range range) {
  range.to_open = true;
  return range;
}

Filter A() { return Numbers(kStock, {Integers(1, 1)}); }
Filter B() { return Numbers(kStock, {Integers(2, 2)}); }
Filter C() { return Numbers(kStock, {Integers(3, 3)}); }

struct GoodFilter {
  std::string text;
  Filter filter;
};

class GoodFilterTest : public testing::TestWithParam<GoodFilter> {};

TEST_P(GoodFilterTest, GivesTheTree) {
  const Schema schema = QuerySchema();
  const absl::StatusOr<Filter> parsed = ParseFilter(GetParam().text, schema);
  ASSERT_TRUE(parsed.ok()) << GetParam().text << "\n" << parsed.status();
  EXPECT_EQ(*parsed, GetParam().filter) << GetParam().text << "\nis " << parsed->ToString(schema)
                                        << "\nexpected " << GetParam().filter.ToString(schema);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, GoodFilterTest,
    testing::Values(GoodFilter{"brand:=Acme", Terms(kBrand, {"Acme"})},
                    GoodFilter{"brand:=[Acme]", Terms(kBrand, {"Acme"})},
                    GoodFilter{" brand := [ Acme , Tom Tailor ] ",
                               Terms(kBrand, {"Acme", "Tom Tailor"})},
                    GoodFilter{"brand:=[`A, Inc`,B]", Terms(kBrand, {"A, Inc", "B"})},
                    GoodFilter{"brand:=`a\\`b\\\\c\\d`", Terms(kBrand, {"a`b\\c\\d"})},
                    GoodFilter{"brand:=`&& || ) ] : ! AND`", Terms(kBrand, {"&& || ) ] : ! AND"})},
                    GoodFilter{"brand:=``", Terms(kBrand, {""})},
                    GoodFilter{"brand:=H&M|x (EU", Terms(kBrand, {"H&M|x (EU"})},
                    GoodFilter{"brand:=Strand OR brand:=BAND ANDES",
                               Or({Terms(kBrand, {"Strand"}), Terms(kBrand, {"BAND ANDES"})})},
                    GoodFilter{"brand:=Größe 5", Terms(kBrand, {"Größe 5"})},
                    GoodFilter{"brand:=*", Terms(kBrand, {"*"})},
                    GoodFilter{"brand:!=Acme", Not(Terms(kBrand, {"Acme"}))},
                    GoodFilter{"brand: != [Acme,B]", Not(Terms(kBrand, {"Acme", "B"}))},
                    GoodFilter{"title:running shoe", Words(kTitle, {"running shoe"})},
                    GoodFilter{"title:wire*", Words(kTitle, {"wire*"})},
                    GoodFilter{"title:`*`", Words(kTitle, {"*"})},
                    GoodFilter{"title:[wire*, red shoe]", Words(kTitle, {"wire*", "red shoe"})},
                    GoodFilter{"title:!shoe", Not(Words(kTitle, {"shoe"}))},
                    GoodFilter{"tags:vegan", Words(kTags, {"vegan"})},
                    GoodFilter{"brand:*", Leaf(Kind::kExists, kBrand)},
                    GoodFilter{"price: * ", Leaf(Kind::kExists, kPrice)},
                    GoodFilter{"tags:!*", Not(Leaf(Kind::kExists, kTags))},
                    GoodFilter{"id:=[a,`b c`]", Ids({"a", "b c"})},
                    GoodFilter{"id:a-1", Ids({"a-1"})}, GoodFilter{"id:!=a", Not(Ids({"a"}))},
                    GoodFilter{"id:*", Filter()}, GoodFilter{"", Filter()},
                    GoodFilter{" \t\n", Filter()}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, GoodFilterTest,
    testing::Values(
        GoodFilter{"price:5", Numbers(kPrice, {Floats(5, 5)})},
        GoodFilter{"price:=-0.5", Numbers(kPrice, {Floats(-0.5, -0.5)})},
        GoodFilter{"price:`1e2`", Numbers(kPrice, {Floats(100, 100)})},
        GoodFilter{"price:-0", Numbers(kPrice, {Floats(0, 0)})},
        GoodFilter{"price:[10..20]", Numbers(kPrice, {Floats(10, 20)})},
        GoodFilter{"price:10..20", Numbers(kPrice, {Floats(10, 20)})},
        GoodFilter{"price:[ 10 .. 20.5 ]", Numbers(kPrice, {Floats(10, 20.5)})},
        GoodFilter{"price:[1...5]", Numbers(kPrice, {Floats(1, 0.5)})},
        GoodFilter{"price:[-2..-1]", Numbers(kPrice, {Floats(-2, -1)})},
        GoodFilter{"price:[..20]", Numbers(kPrice, {Floats(-kInfinity, 20)})},
        GoodFilter{"price:[10..]", Numbers(kPrice, {Floats(10, kInfinity)})},
        GoodFilter{"price:[..]", Numbers(kPrice, {Floats(-kInfinity, kInfinity)})},
        GoodFilter{"price:=[1,5,10..20]",
                   Numbers(kPrice, {Floats(1, 1), Floats(5, 5), Floats(10, 20)})},
        GoodFilter{"price:>5", Numbers(kPrice, {FromOpen(Floats(5, kInfinity))})},
        GoodFilter{"price:>=5", Numbers(kPrice, {Floats(5, kInfinity)})},
        GoodFilter{"price:<5", Numbers(kPrice, {ToOpen(Floats(-kInfinity, 5))})},
        GoodFilter{"price: <= 5", Numbers(kPrice, {Floats(-kInfinity, 5)})},
        GoodFilter{"price:!=[1..2]", Not(Numbers(kPrice, {Floats(1, 2)}))},
        GoodFilter{"price:!3", Not(Numbers(kPrice, {Floats(3, 3)}))},
        GoodFilter{"weights:>2", Numbers(kWeights, {FromOpen(Floats(2, kInfinity))})},
        GoodFilter{"stock:9223372036854775807", Numbers(kStock, {[] {
                                                          Filter::Range range =
                                                              Integers(kIntegerMax, kIntegerMax);
                                                          range.from = range.to =
                                                              9223372036854775807.0;
                                                          return range;
                                                        }()})},
        GoodFilter{"stock:>9007199254740993",
                   Numbers(kStock, {FromOpen(Integers(9007199254740993, kIntegerMax))})},
        GoodFilter{"stock:[-3..7]", Numbers(kStock, {Integers(-3, 7)})},
        GoodFilter{"specs.size:<4", Numbers(kSpecsSize, {ToOpen(Integers(kIntegerMin, 4))})},
        GoodFilter{"in_stock:true", Numbers(kInStock, {Integers(1, 1)})},
        GoodFilter{"in_stock:=[`true`,false]", Numbers(kInStock, {Integers(1, 1), Integers(0, 0)})},
        GoodFilter{"in_stock:!=true", Not(Numbers(kInStock, {Integers(1, 1)}))}));

INSTANTIATE_TEST_SUITE_P(
    Geo, GoodFilterTest,
    testing::Values(GoodFilter{"location:(48.9, 2.3, 5 km)", Geo(kLocation, {48.9, 2.3}, 5000)},
                    GoodFilter{"location:(48.9,2.3,2.5mi)", Geo(kLocation, {48.9, 2.3}, 4023.36)},
                    GoodFilter{"warehouses:=( -90 , 180 , 300 m )",
                               Geo(kWarehouses, {-90, 180}, 300)},
                    GoodFilter{"location:!(0, 0, 0 m)", Not(Geo(kLocation, {0, 0}, 0))},
                    GoodFilter{"location:*", Leaf(Kind::kExists, kLocation)}));

INSTANTIATE_TEST_SUITE_P(
    Structure, GoodFilterTest,
    testing::Values(GoodFilter{"stock:1&&stock:2||stock:3", Or({And({A(), B()}), C()})},
                    GoodFilter{"stock:1 || stock:2 && stock:3", Or({A(), And({B(), C()})})},
                    GoodFilter{"(stock:1||stock:2)&&stock:3", And({Or({A(), B()}), C()})},
                    GoodFilter{"stock:1 AND stock:2 OR stock:3", Or({And({A(), B()}), C()})},
                    GoodFilter{"!stock:1 && stock:2", And({Not(A()), B()})},
                    GoodFilter{"!(stock:1 && stock:2)", Not(And({A(), B()}))},
                    GoodFilter{"NOT (stock:1 OR stock:2)", Not(Or({A(), B()}))},
                    GoodFilter{"NOT stock:1 AND NOT(stock:2)", And({Not(A()), Not(B())})},
                    GoodFilter{"!!stock:1", A()}, GoodFilter{"!(!(stock:1))", A()},
                    GoodFilter{"!(stock:!=1)", A()}, GoodFilter{"!NOT !stock:1", Not(A())},
                    GoodFilter{"((stock:1))", A()},
                    GoodFilter{"stock:1 && (stock:2 && stock:3)", And({A(), B(), C()})},
                    GoodFilter{"(stock:1 || stock:2) || stock:3", Or({A(), B(), C()})},
                    GoodFilter{"(title:shoe)", Words(kTitle, {"shoe"})},
                    GoodFilter{"(title:shoe AND stock:1)", And({Words(kTitle, {"shoe"}), A()})}));

struct BadFilter {
  std::string text;
  std::string message;
};

class BadFilterTest : public testing::TestWithParam<BadFilter> {};

TEST_P(BadFilterTest, SaysWhatIsWrong) {
  const absl::StatusOr<Filter> parsed = ParseFilter(GetParam().text, QuerySchema());
  ASSERT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << GetParam().text;
  EXPECT_THAT(std::string(Message(parsed.status())), testing::HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Structure, BadFilterTest,
    testing::Values(
        BadFilter{"&& stock:1",
                  "`filter_by`, column 1: found `&&`, expected a field name, `(` or `!`"},
        BadFilter{"stock:1 &&", "column 11: found the end, expected a field name, `(` or `!`"},
        BadFilter{"stock:1 stock:2", "column 7: found `1 stock:2`, expected a whole number"},
        BadFilter{"(stock:1", "column 9: found the end, expected `&&`, `||` or `)`"},
        BadFilter{"stock:1)", "column 8: found `)`, expected `&&`, `||` or the end"},
        BadFilter{"brand:=A, Inc", "column 9: found `,`, expected `&&`, `||` or the end (a value"},
        BadFilter{"brand:=`ä` ß", "column 12: found `ß`, expected `&&`"},
        BadFilter{"()", "column 2: found `)`, expected a field name"},
        BadFilter{"stock", "column 6: found the end, expected `:` and a value"},
        BadFilter{"stock = 5", "column 7: found `=`, expected `:` and a value"},
        BadFilter{"stock:", "column 7: found the end, expected a value"},
        BadFilter{"stock:[1,]", "column 10: found `]`, expected a value"},
        BadFilter{"stock:[]", "column 8: found `]`, expected a value"},
        BadFilter{"id:!=[]", "column 7: found `]`, expected a value"},
        BadFilter{"stock:[1 && stock:2", "column 10: found `&&`, expected `,` or `]`"},
        BadFilter{"brand:=[`a` b]", "column 13: found `b`, expected `,` or `]`"},
        BadFilter{"brand:=`abc", "column 8: this backtick is never closed"},
        BadFilter{"brand:=`abc\\`", "column 8: this backtick is never closed"},
        BadFilter{"brand:=Marks AND Spencer", "column 18: there is no field `Spencer`"},
        BadFilter{"brand:=\xff", "`filter_by` is no UTF-8 at byte 8"}));

INSTANTIATE_TEST_SUITE_P(
    Fields, BadFilterTest,
    testing::Values(
        BadFilter{"stock:1 && prise:5",
                  "column 12: there is no field `prise`: allowed are `price`, `title`, "},
        BadFilter{"spec.size:5", "there is no field `spec.size`: allowed are `specs.size`, "},
        BadFilter{"notes:x", "column 1: field `notes` (string) cannot be filtered, that needs"},
        BadFilter{"specs:x", "column 1: field `specs` (object) cannot be filtered, that needs"},
        BadFilter{"title:=shoe",
                  "column 1: `title` (string) is searched by its words only: `:=` "
                  "needs `\"facet\": true` in the schema, `title:word` works"},
        BadFilter{"title:!=shoe", "`:=` needs `\"facet\": true`"},
        BadFilter{"title:*", "`title` is searched by its words only: `:*` and `:!*` need"},
        BadFilter{"brand:>5",
                  "column 6: `brand` (string) takes `:`, `:=`, `:!` and `:!=`, not "
                  "`:>`"},
        BadFilter{"tags:<=5", "`tags` (string[]) takes"}, BadFilter{"id:<5", "`id` (string) takes"},
        BadFilter{"in_stock:>=true", "`in_stock` (bool) takes"},
        BadFilter{"location:<5", "`location` (geopoint) takes"}));

INSTANTIATE_TEST_SUITE_P(
    Values, BadFilterTest,
    testing::Values(
        BadFilter{"price:cheap", "column 7: found `cheap`, expected a number: `price` is float"},
        BadFilter{"price:[1,x..5]", "column 10: found `x`, expected a number"},
        BadFilter{"price:inf", "found `inf`, expected a number"},
        BadFilter{"price:nan", "found `nan`, expected a number"},
        BadFilter{"price:1e999", "found `1e999`, expected a number"},
        BadFilter{"price:0x10", "found `0x10`, expected a number"},
        BadFilter{"price:*5", "found `*5`, expected a number"},
        BadFilter{"price:>1..5", "found `1..5`, expected a number"},
        BadFilter{"price:>[1]", "found `[1`, expected a number"},
        BadFilter{"stock:5.5", "found `5.5`, expected a whole number of 64 bits: `stock` is int64"},
        BadFilter{"stock:9223372036854775808", "expected a whole number of 64 bits"},
        BadFilter{"weights:[1,a]", "`weights` is float[]"},
        BadFilter{"in_stock:yes", "found `yes`, expected `true` or `false`: `in_stock` is bool"},
        BadFilter{"in_stock:[true..false]", "expected `true` or `false`"},
        BadFilter{"location:5", "column 10: found `5`, expected `(latitude, longitude, radius)`"},
        BadFilter{"location:(91, 0, 1 km)",
                  "column 11: found `91`, expected a latitude from -90 to 90"},
        BadFilter{"location:(0, 200, 1 km)", "expected a longitude from -180 to 180"},
        BadFilter{"location:(0, 0)", "column 15: found `)`, expected `,`"},
        BadFilter{"location:(0, 0, 5)", "column 17: found `5`, expected a radius such as `5 km`"},
        BadFilter{"location:(0, 0, -5 km)", "expected a radius"},
        BadFilter{"location:(0, 0, 1e308 km)", "expected a radius"},
        BadFilter{"location:(0, 0, 5 km, 3)", "column 21: found `,`, expected `)`"}));

std::string Repeat(std::string_view text, size_t times) {
  std::string repeated;
  for (size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

TEST(FilterBounds, DepthIsCounted) {
  const Schema schema = QuerySchema();
  const auto nested = [](size_t depth) {
    return Repeat("(", depth) + "stock:1" + Repeat(")", depth);
  };
  EXPECT_TRUE(ParseFilter(nested(limits::kFilterDepthMax), schema).ok());
  const auto refused = ParseFilter(nested(limits::kFilterDepthMax + 1), schema);
  EXPECT_THAT(std::string(Message(refused.status())),
              testing::HasSubstr("column 65: more than 64 parentheses in each other"));
  // Depth is that of the text at one place: parentheses that are closed do not count.
  EXPECT_TRUE(ParseFilter("(stock:1)" + Repeat(" && (stock:1)", 100), schema).ok());
}

TEST(FilterBounds, NegationsDoNotNest) {
  EXPECT_EQ(ParseFilter(Repeat("!", 100001) + "stock:1", QuerySchema()).value(), Not(A()));
  EXPECT_EQ(ParseFilter(Repeat("NOT ", 100000) + "stock:1", QuerySchema()).value(), A());
}

TEST(FilterBounds, ConditionsAndValuesAreCounted) {
  const Schema schema = QuerySchema();
  const std::string many = "id:[1" + Repeat(",1", limits::kFilterNodesMax);
  EXPECT_THAT(std::string(Message(ParseFilter(many + "]", schema).status())),
              testing::HasSubstr("more than 100000 conditions and values"));
  EXPECT_TRUE(ParseFilter("id:[1" + Repeat(",1", limits::kFilterNodesMax - 2) + "]", schema).ok());
}

TEST(FilterBounds, SizeIsBounded) {
  const auto refused = ParseFilter(Repeat(" ", limits::kFilterBytesMax + 1), QuerySchema());
  EXPECT_THAT(std::string(Message(refused.status())), testing::HasSubstr("allowed are 1048576"));
}

TEST(FilterBounds, ErrorsAreShort) {
  for (const std::string text : {"", "price:", "brand:>", "brand:=[`", "location:(0,0,"}) {
    const auto refused = ParseFilter(text + Repeat("ä", 100000), QuerySchema());
    EXPECT_LT(Message(refused.status()).size(), 500) << text;
  }
}

TEST(FilterRange, IntegersDoNotRound) {
  constexpr int64_t kBeyondDoubles = 9007199254740993;  // 2^53 + 1
  const Schema schema = QuerySchema();
  const auto range = [&](std::string_view text) {
    return ParseFilter(text, schema).value().ranges.front();
  };
  EXPECT_TRUE(range("stock:9007199254740993").Contains(kBeyondDoubles));
  EXPECT_FALSE(range("stock:9007199254740993").Contains(kBeyondDoubles - 1));
  EXPECT_FALSE(range("stock:>9007199254740993").Contains(kBeyondDoubles));
  EXPECT_TRUE(range("stock:>9007199254740993").Contains(kBeyondDoubles + 1));
  EXPECT_FALSE(range("stock:<9007199254740993").Contains(kBeyondDoubles));
  EXPECT_TRUE(range("stock:<=9007199254740993").Contains(kBeyondDoubles));
  EXPECT_TRUE(range("stock:>=-9223372036854775808").Contains(kIntegerMin));
  EXPECT_FALSE(range("stock:>9223372036854775807").Contains(kIntegerMax));
}

TEST(FilterRange, FloatBoundsAreInOrOut) {
  const Schema schema = QuerySchema();
  const auto contains = [&](std::string_view text, double value) {
    return ParseFilter(text, schema).value().ranges.front().Contains(value);
  };
  EXPECT_TRUE(contains("price:[89.9..100]", 89.9));
  EXPECT_TRUE(contains("price:[80..89.9]", 89.9));
  EXPECT_FALSE(contains("price:<89.9", 89.9));
  EXPECT_FALSE(contains("price:>89.9", 89.9));
  EXPECT_TRUE(contains("price:<=89.9", 89.9));
  EXPECT_FALSE(contains("price:[20..10]", 15));
}

TEST(Conjuncts, AreTheTopLevelParts) {
  const Schema schema = QuerySchema();
  const auto parts = [&](std::string_view text) {
    const Filter filter = ParseFilter(text, schema).value();
    std::vector<std::string> texts;
    for (const Filter* part : Conjuncts(filter)) texts.push_back(part->ToString(schema));
    return texts;
  };
  EXPECT_THAT(parts(""), testing::IsEmpty());
  EXPECT_THAT(parts("stock:1"), testing::ElementsAre("stock:1"));
  EXPECT_THAT(parts("stock:1 || stock:2"), testing::ElementsAre("stock:1 || stock:2"));
  EXPECT_THAT(parts("stock:1 && (brand:=A && !(stock:2 || stock:3))"),
              testing::ElementsAre("stock:1", "brand:=`A`", "!(stock:2 || stock:3)"));
}

}  // namespace
}  // namespace aisle
