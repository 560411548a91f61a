// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/facet_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/query/query_schema.h"

namespace aisle {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<FacetRequest> Parsed(std::string_view text) {
  return ParseFacets(text, QuerySchema()).value();
}
std::string Refused(std::string_view text) {
  const absl::Status status = ParseFacets(text, QuerySchema()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
  return std::string(Message(status));
}

TEST(FacetParser, ReadsFields) {
  const auto facets = Parsed("brand, tags ,in_stock");
  ASSERT_EQ(facets.size(), 3);
  EXPECT_EQ(facets[0].field, "brand");
  EXPECT_EQ(facets[1].field, "tags");
  EXPECT_EQ(facets[2].field, "in_stock");
  EXPECT_FALSE(facets[0].conjunctive);
  EXPECT_EQ(facets[0].order, FacetOrder::kCount);
  EXPECT_EQ(facets[0].histogram_buckets, 0);
  EXPECT_THAT(facets[0].ranges, IsEmpty());
  EXPECT_THAT(Parsed(""), IsEmpty());
  EXPECT_THAT(Parsed(" "), IsEmpty());
}

TEST(FacetParser, ReadsRanges) {
  const auto facets = Parsed("price(low:[0,50], high : [ 50 , ] ),brand");
  ASSERT_EQ(facets.size(), 2);
  EXPECT_THAT(facets[0].ranges,
              ElementsAre(FacetRange{"low", 0.0, 50.0}, FacetRange{"high", 50.0, std::nullopt}));
  EXPECT_THAT(Parsed("price(Under 50:[,50.5],`a,b:c`:[,],5:[-1,5],histogram:[1,2])")[0].ranges,
              ElementsAre(FacetRange{"Under 50", std::nullopt, 50.5},
                          FacetRange{"a,b:c", std::nullopt, std::nullopt},
                          FacetRange{"5", -1.0, 5.0}, FacetRange{"histogram", 1.0, 2.0}));
}

TEST(FacetParser, ReadsOptions) {
  EXPECT_EQ(Parsed("price(histogram:24)")[0].histogram_buckets, 24);
  EXPECT_TRUE(Parsed("tags(operator:and)")[0].conjunctive);
  EXPECT_FALSE(Parsed("tags(operator: or)")[0].conjunctive);
  for (const std::string_view alphabetical : {"alpha", " _alpha:asc ", "_alpha"}) {
    EXPECT_EQ(Parsed(fmt::format("brand(sort_by:{})", alphabetical))[0].order,
              FacetOrder::kAlphabetical);
  }
  EXPECT_EQ(Parsed("brand(sort_by:count)")[0].order, FacetOrder::kCount);
  const FacetRequest all = Parsed("price(low:[,9],histogram:5,operator:and,sort_by:alpha)")[0];
  EXPECT_EQ(all.ranges.size(), 1);
  EXPECT_EQ(all.histogram_buckets, 5);
  EXPECT_TRUE(all.conjunctive);
  EXPECT_EQ(all.order, FacetOrder::kAlphabetical);
}

TEST(FacetParser, SaysWhichFieldsAreAllowed) {
  EXPECT_EQ(Refused("brand,tag"),
            "`facet_by`, column 7: there is no field `tag`: allowed are `tags`, `brand`, `stock`, "
            "`price`, `in_stock`");
  EXPECT_THAT(Refused("title"),
              HasSubstr("field `title` (string) cannot be a facet, that needs `\"facet\": true`"));
  EXPECT_THAT(Refused("location"), HasSubstr("cannot be a facet"));
}

TEST(FacetParser, SaysWhatIsExpected) {
  EXPECT_THAT(Refused("brand,"), HasSubstr("column 7: found the end, expected a field name"));
  EXPECT_THAT(Refused("brand tags"), HasSubstr("column 7: found `tags`, expected `,`"));
  EXPECT_THAT(Refused("brand("), HasSubstr("found the end, expected a value"));
  EXPECT_THAT(Refused("brand()"), HasSubstr("found `)`, expected a value"));
  EXPECT_THAT(Refused("price(low)"), HasSubstr("column 10: found `)`, expected `:`"));
  EXPECT_THAT(Refused("price(low:[0,50]"), HasSubstr("found the end, expected `,` or `)`"));
  EXPECT_THAT(Refused("price(low:[0])"), HasSubstr("column 13: found `]`, expected `,`"));
  EXPECT_THAT(Refused("price(low:[a,5])"), HasSubstr("column 12: found `a`, expected a number"));
  EXPECT_THAT(Refused("price(low:[50,50])"),
              HasSubstr("no number lies in the range `low`, from 50"));
  EXPECT_THAT(Refused("price(a:[1,2],a:[2,3])"),
              HasSubstr("column 15: the label `a` is there twice"));
  EXPECT_THAT(Refused("brand(low:[0,50])"), HasSubstr("`brand` (string) is no number: ranges and"));
  EXPECT_THAT(Refused("in_stock(histogram:5)"), HasSubstr("`in_stock` (bool) is no number"));
  EXPECT_THAT(Refused("price(histogram:0)"),
              HasSubstr("expected a number of buckets from 1 to 200"));
  EXPECT_THAT(Refused("price(histogram:201)"),
              HasSubstr("found `201`, expected a number of buckets"));
  EXPECT_THAT(Refused("price(histogram:)"),
              HasSubstr("column 17: found `)`, expected a number of"));
  EXPECT_THAT(Refused("price(histogram:4.5)"), HasSubstr("expected a number of buckets"));
  EXPECT_THAT(Refused("tags(operator:xor)"), HasSubstr("found `xor`, expected `and` or `or`"));
  EXPECT_THAT(Refused("tags(sort_by:size)"),
              HasSubstr("found `size`, expected `alpha` or `count`"));
  EXPECT_THAT(Refused("tags(order:alpha)"),
              HasSubstr("column 6: found `order:alpha`, expected a range"));
}

TEST(FacetParser, FacetsAndRangesAreCounted) {
  std::string facets = "brand", ranges = "r:[0,1]";
  for (int i = 1; i < 100; ++i) {
    facets += ",brand";
    ranges += fmt::format(",r{}:[0,1]", i);
  }
  EXPECT_EQ(Parsed(facets).size(), 100);
  EXPECT_THAT(Refused(facets + ",brand"), HasSubstr("more than 100 facets"));
  EXPECT_EQ(Parsed("price(" + ranges + ")")[0].ranges.size(), 100);
  EXPECT_THAT(Refused("price(" + ranges + ",last:[0,1])"), HasSubstr("more than 100 ranges"));
}

TEST(FacetQueryParser, ReadsFieldAndText) {
  const Schema schema = QuerySchema();
  EXPECT_EQ(ParseFacetQuery("brand:ni", schema).value(), (FacetQuery{"brand", "ni"}));
  EXPECT_EQ(ParseFacetQuery(" brand : ni: ke ", schema).value(), (FacetQuery{"brand", "ni: ke"}));
  EXPECT_EQ(ParseFacetQuery("brand:", schema).value(), (FacetQuery{"brand", ""}));
}

TEST(FacetQueryParser, SaysWhatIsExpected) {
  const auto refused = [](std::string_view text) {
    return std::string(Message(ParseFacetQuery(text, QuerySchema()).status()));
  };
  EXPECT_THAT(refused(""),
              HasSubstr("`facet_query`, column 1: found the end, expected a field and"));
  EXPECT_THAT(refused("brand"), HasSubstr("column 6: found the end, expected `:`"));
  EXPECT_THAT(refused("title:x"), HasSubstr("field `title` (string) cannot be a facet"));
  EXPECT_THAT(refused("brnad:x"), HasSubstr("there is no field `brnad`: allowed are `brand`"));
}

}  // namespace
}  // namespace aisle
